import { openIds, schedules, thresholds } from 'types.bicep'

targetScope = 'subscription'

metadata description = 'The Bitrix24 → otmechalka integration of one school: one resource group, no stored key.'

@description('Name of the deployment environment, unique in the subscription. azd calls it AZURE_ENV_NAME.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Region of every resource; one that offers Flex Consumption.')
@minLength(1)
param location string

@description('The school, as a word of small letters and digits: it becomes part of the names.')
@minLength(2)
@maxLength(10)
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

@description('When the jobs run.')
param schedule schedules

@description('Base address of otmechalka.')
param otmechalkaBaseUrl string

@description('The IDs that mapping.json leaves open.')
param ids openIds

@description('A whole mapping.json as text, for a school whose fields and products are others; empty: the one in the package.')
param mappingJson string = ''

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

var allTags = union(tags, {
  app: 'b24-otmechalka'
  school: school
  stage: stage
  'azd-env-name': environmentName
})

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-b24-${environmentName}'
  location: location
  tags: allTags
}

module app 'app.bicep' = {
  name: 'app'
  scope: group
  params: {
    location: location
    tags: allTags
    prefix: 'b24-${school}-${stage}'
    token: take(uniqueString(subscription().id, environmentName, location), 7)
    operatorPrincipalId: operatorPrincipalId
    integration: {
      syncStartDate: syncStartDate
      contactsLastModified: contactsLastModified
      dealsLastModified: dealsLastModified
      schedule: schedule
      otmechalkaBaseUrl: otmechalkaBaseUrl
      ids: ids
      mappingJson: mappingJson
      extraSettings: extraSettings
    }
    watch: {
      isEnabled: stage == 'production'
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
