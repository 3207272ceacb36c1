import { integration } from 'types.bicep'

metadata description = 'The settings of the jobs by the names of the specification; the platform\'s own are in modules/functions.bicep.'

@description('Reference to a secret: resolved by the platform, empty in every template.')
func secret(vaultName string, name string) string => '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${name})'

@export()
@description('The app settings of the jobs. An empty value is left out, so that a default holds. checks.bicep has seen them all.')
func appSettings(jobs integration, vaultName string, tableName string) object =>
  union(
    toObject(
      filter(
        items({
          SYNC_START_DATE: jobs.syncStartDate
          SYNC_CONTACTS_LAST_MODIFY_TIMESTAMP: jobs.contactsLastModified
          SYNC_DEAL_LAST_MODIFY_TIMESTAMP: jobs.dealsLastModified
          CONTACT_SYNC_SCHEDULE: jobs.schedule.contacts
          DEAL_SYNC_SCHEDULE: jobs.schedule.deals
          Bitrix24__WebhookUrl: secret(vaultName, 'Bitrix24-WebhookUrl')
          Otmechalka__ApiKey: secret(vaultName, 'Otmechalka-ApiKey')
          Otmechalka__BaseUrl: jobs.otmechalkaBaseUrl
          Sync__TableName: tableName
          MAPPING_JSON: jobs.mappingJson
        }),
        setting => !empty(setting.value)
      ),
      setting => setting.key,
      setting => setting.value
    ),
    jobs.extraSettings
  )
