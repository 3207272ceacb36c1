@export()
@description('What mapping.json leaves open: field codes of Bitrix24 and IDs of otmechalka. Empty where a school brings a mapping of its own.')
type openIds = {
  @description('Field of the contact that takes the status, UF_CRM_…')
  contactStatusField: string

  @description('Field of the deal that takes the status, UF_CRM_…')
  dealStatusField: string

  @description('Course «Групповые занятия».')
  groupCourse: string

  @description('Course «Индивидуальные занятия».')
  individualCourse: string

  @description('Branch office «+ ЦДШ `МСК» of a client.')
  gogolevskyOffice: string

  @description('Branch office «+ СКОЛКОВО `МСК *» of a client.')
  skolkovoOffice: string

  @description('Branch office where a ticket of «Гоголевский» is sold.')
  gogolevskySales: string

  @description('Branch office where a ticket of «Сколково» is sold.')
  skolkovoSales: string
}

@export()
@description('When the jobs run, and how far apart their runs are; the alerts count in periods.')
type schedules = {
  @description('NCRONTAB expression of six fields, UTC.')
  contacts: string

  @description('Minutes between two runs of the contact job.')
  @minValue(1)
  contactsMinutes: int

  @description('NCRONTAB expression of six fields, UTC.')
  deals: string

  @description('Minutes between two runs of the deal job.')
  @minValue(1)
  dealsMinutes: int
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

  @description('The IDs that mapping.json leaves open.')
  ids: openIds

  @description('A whole mapping.json as text; empty: the one in the package.')
  mappingJson: string

  @description('Further settings by name.')
  extraSettings: object
}

@export()
@description('Who is told what, and when.')
type watch = {
  @description('Whether alerts are sent.')
  isEnabled: bool

  @description('Addresses that get them.')
  emails: string[]

  @description('Their levels.')
  thresholds: thresholds

  @description('Gigabytes of telemetry a day.')
  dailyLogCapGb: string

  @description('Host of the Bitrix24 portal, for links.')
  portalHost: string
}
