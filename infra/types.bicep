@export()
@description('Minutes between two runs of each job; schedules.json has those that are allowed, with what follows from them.')
type periods = {
  @description('Of the contact job.')
  contacts: int

  @description('Of the deal job.')
  deals: int
}

@export()
@description('NCRONTAB expressions of six fields, UTC.')
type schedules = {
  @description('Of the contact job.')
  contacts: string

  @description('Of the deal job.')
  deals: string
}

@export()
@description('A job as its alert sees it.')
type watchedJob = {
  @description('Its name in the telemetry.')
  name: string

  @description('Its word in the names of alerts.')
  word: string

  @description('Minutes between two runs.')
  minutes: int

  @description('The window of a query over three runs, ISO 8601.')
  window: string
}

@export()
@description('From which levels on the operator is told.')
type thresholds = {
  @description('Clients known; otmechalka takes 5,000 active ones.')
  clients: int

  @description('Age of the oldest change that has not gone over, in minutes.')
  backlogMinutes: int

  @description('Share of the records handled in six hours that were refused, in per cent.')
  refusedPercent: int

  @description('Status texts that Bitrix24 has not taken yet.')
  statusesOwed: int
}

@export()
@description('What the jobs are told.')
type integration = {
  @description('Records created earlier are ignored.')
  syncStartDate: string

  @description('Where the contact checkpoint starts; empty: syncStartDate.')
  contactsLastModified: string

  @description('Where the deal checkpoint starts; empty: syncStartDate.')
  dealsLastModified: string

  @description('When the jobs run.')
  schedule: schedules

  @description('Base address of otmechalka.')
  otmechalkaBaseUrl: string

  @description('A whole mapping.json as text.')
  mappingJson: string

  @description('Further settings by name.')
  extraSettings: object
}

@export()
@description('Who is told what, and when.')
type watch = {
  @description('Whether alerts are sent.')
  isEnabled: bool

  @description('The jobs, each with how often it runs.')
  jobs: watchedJob[]

  @description('Addresses that get them.')
  emails: string[]

  @description('Their levels.')
  thresholds: thresholds

  @description('Gigabytes of telemetry a day.')
  dailyLogCapGb: string

  @description('Host of the Bitrix24 portal, for links.')
  portalHost: string
}
