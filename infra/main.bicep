import { periods, thresholds } from 'types.bicep'
import { jobProblems, mappingProblems, nameProblems, periodProblems, watchProblems } from 'checks.bicep'

targetScope = 'subscription'

metadata description = 'The Bitrix24 → otmechalka integration of one school: one resource group, no stored key.'

@description('Name of the deployment environment, unique in the subscription. azd calls it AZURE_ENV_NAME.')
param environmentName string

@description('Region of every resource; one that offers Flex Consumption.')
@minLength(1)
param location string

@description('The school, as a word of letters and digits: it becomes part of the names, in small letters.')
param school string = 'school'

@description('What the environment is for. Alerts of a test environment stay silent.')
@allowed(['test', 'production'])
param stage string = 'production'

@description('Records created earlier are ignored. A date without a time zone means Moscow time.')
param syncStartDate string

@description('Where the contact checkpoint starts when none is stored; empty: syncStartDate.')
param contactsLastModified string = ''

@description('Where the deal checkpoint starts when none is stored; empty: syncStartDate.')
param dealsLastModified string = ''

@description('How often the jobs run.')
param period periods

@description('Base address of otmechalka.')
param otmechalkaBaseUrl string

@description('Which field of Bitrix24 means what, and which of its values go to which ID of otmechalka: a whole mapping.json as text.')
param mappingJson string

@description('Further settings of the app by name, for example {"Sync__TimeBudget": "00:05:00"}. Never secrets.')
param extraSettings object = {}

@description('Who is told when something is wrong.')
param alertEmails string[]

@description('Levels of the alerts.')
param alertThresholds thresholds

@description('Host of the Bitrix24 portal, for the links of the workbook, for example example.bitrix24.ru.')
param portalHost string = 'example.bitrix24.ru'

@description('Log Analytics takes no more than this many gigabytes a day.')
param dailyLogCapGb string = '0.2'

@description('Object ID of the person or group who stores the two secrets; empty: nobody gets that role here.')
param operatorPrincipalId string = ''

@description('Tags of every resource, beside the ones set here.')
param tags object = {}

// Everything that is wrong is told at once, and before anything is deployed: the group's name is asked for first.
var problems = flatten([
  nameProblems(environmentName, toLower(school), operatorPrincipalId)
  jobProblems(syncStartDate, contactsLastModified, dealsLastModified, otmechalkaBaseUrl, extraSettings)
  mappingProblems(json(empty(mappingJson) ? '{}' : mappingJson))
  periodProblems('CONTACT_SYNC_MINUTES', period.contacts, map(schedules, item => item.minutes))
  periodProblems('DEAL_SYNC_MINUTES', period.deals, map(schedules, item => item.minutes))
  watchProblems(stage, alertEmails, alertThresholds, portalHost, dailyLogCapGb)
])
var checkedName = empty(problems)
  ? environmentName
  : fail('Nothing is deployed. Set each of these with azd env set NAME VALUE: ${join(problems, '; ')}')

var schedules = loadJsonContent('schedules.json')
var contactSchedule = first(filter(schedules, item => item.minutes == period.contacts)) ?? schedules[0]
var dealSchedule = first(filter(schedules, item => item.minutes == period.deals)) ?? schedules[0]

var allTags = union(tags, {
  app: 'b24-otmechalka'
  school: toLower(school)
  stage: stage
  'azd-env-name': environmentName
})

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-b24-${checkedName}'
  location: location
  tags: allTags
}

module app 'app.bicep' = {
  name: 'app'
  scope: group
  params: {
    location: location
    tags: allTags
    prefix: 'b24-${toLower(school)}-${stage}'
    token: take(uniqueString(subscription().id, environmentName, location), 7)
    operatorPrincipalId: operatorPrincipalId
    integration: {
      syncStartDate: syncStartDate
      contactsLastModified: contactsLastModified
      dealsLastModified: dealsLastModified
      schedule: {
        contacts: contactSchedule.contacts
        deals: dealSchedule.deals
      }
      otmechalkaBaseUrl: otmechalkaBaseUrl
      mappingJson: mappingJson
      extraSettings: extraSettings
    }
    watch: {
      isEnabled: stage == 'production'
      jobs: [
        { name: 'CONTACT_SYNC_JOB', word: 'contacts', minutes: contactSchedule.minutes, window: contactSchedule.window }
        { name: 'DEAL_SYNC_JOB', word: 'deals', minutes: dealSchedule.minutes, window: dealSchedule.window }
      ]
      emails: alertEmails
      thresholds: alertThresholds
      dailyLogCapGb: dailyLogCapGb
      portalHost: portalHost
    }
  }
}

@description('The resource group, for azd.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The function app.')
output FUNCTION_APP_NAME string = app.outputs.functionAppName

@description('Resource ID of the function app.')
output FUNCTION_APP_ID string = app.outputs.functionAppId

@description('Address of the vault that takes the two secrets.')
output KEY_VAULT_URI string = app.outputs.vaultUri

@description('The storage account of checkpoint and ledger.')
output STORAGE_ACCOUNT_NAME string = app.outputs.storageAccountName
