import { integration as integrationType, watch as watchType } from 'types.bicep'
import { appSettings } from 'settings.bicep'

metadata description = 'All resources of one environment, in one resource group.'

// No resource lock: everything here is made again by one command and no data is lost with it, so a lock would guard nothing and only
// stop `azd down`, which is how a school's data is removed.

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('How the names begin: app, school, stage.')
param prefix string

@description('Makes names unique that must be so in all of Azure.')
@minLength(5)
@maxLength(7)
param token string

@description('What the jobs are told.')
param integration integrationType

@description('Who is told what, and when.')
param watch watchType

@description('Object ID of the person or group who operates it; empty: nobody gets a role here.')
param operatorPrincipalId string

var compact = replace(prefix, '-', '')

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${prefix}'
  location: location
  tags: tags
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    location: location
    tags: tags
    workspaceName: 'log-${prefix}'
    insightsName: 'appi-${prefix}'
    dailyCapGb: watch.dailyLogCapGb
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    location: location
    tags: tags
    name: 'st${take(compact, 15)}${token}'
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    location: location
    tags: tags
    name: 'kv-${take(compact, 14)}${token}'
    workspaceName: monitoring.outputs.workspaceName
  }
}

module access 'modules/access.bicep' = {
  name: 'access'
  params: {
    identityName: identity.name
    storageAccountName: storage.outputs.name
    vaultName: vault.outputs.name
    insightsName: monitoring.outputs.insightsName
    operatorPrincipalId: operatorPrincipalId
  }
}

module functions 'modules/functions.bicep' = {
  name: 'functions'
  params: {
    location: location
    tags: tags
    name: 'func-${prefix}-${token}'
    planName: 'plan-${prefix}'
    identityName: identity.name
    storageAccountName: storage.outputs.name
    deploymentContainer: storage.outputs.deploymentContainer
    insightsName: monitoring.outputs.insightsName
    settings: appSettings(integration, vault.outputs.name, storage.outputs.tableName)
  }
  dependsOn: [access]
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    location: location
    tags: tags
    prefix: prefix
    workspaceName: monitoring.outputs.workspaceName
    watch: watch
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  params: {
    location: location
    tags: tags
    displayName: 'Bitrix24 → otmechalka: ${prefix}'
    workspaceName: monitoring.outputs.workspaceName
    portalHost: watch.portalHost
  }
}

@description('Name of the function app.')
output functionAppName string = functions.outputs.name

@description('Resource ID of the function app.')
output functionAppId string = functions.outputs.id

@description('Address of the vault.')
output vaultUri string = vault.outputs.uri

@description('Name of the storage account.')
output storageAccountName string = storage.outputs.name
