import { integration, openIds } from 'types.bicep'

metadata description = 'The settings of the jobs by the names of the specification; the platform\'s own are in modules/functions.bicep.'

@description('Reference to a secret: resolved by the platform, empty in every template.')
func secret(vaultName string, name string) string => '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${name})'

@description('The value, or the end of the deployment with a message that names what is missing.')
func required(name string, value string) string =>
  empty(value) ? fail('${name} is not set: azd env set ${name} VALUE') : value

@description('The values that mapping.json leaves open. The routes\' numbers are their places in mapping.json.')
func mapping(ids openIds) object => {
  Mapping__Contact__StatusField: required('CONTACT_STATUS_FIELD', ids.contactStatusField)
  Mapping__Contact__Routes__1__Courses__0: required('GROUP_COURSE', ids.groupCourse)
  Mapping__Contact__Routes__1__Courses__1: required('INDIVIDUAL_COURSE', ids.individualCourse)
  Mapping__Contact__Routes__1__BranchOffice: required('GOGOLEVSKY_OFFICE', ids.gogolevskyOffice)
  Mapping__Contact__Routes__2__Courses__0: required('GROUP_COURSE', ids.groupCourse)
  Mapping__Contact__Routes__2__Courses__1: required('INDIVIDUAL_COURSE', ids.individualCourse)
  Mapping__Contact__Routes__2__BranchOffice: required('SKOLKOVO_OFFICE', ids.skolkovoOffice)
  Mapping__Deal__StatusField: required('DEAL_STATUS_FIELD', ids.dealStatusField)
  Mapping__Deal__BranchOffices__186: required('GOGOLEVSKY_SALES', ids.gogolevskySales)
  Mapping__Deal__BranchOffices__12706: required('SKOLKOVO_SALES', ids.skolkovoSales)
}

@export()
@description('The app settings of the jobs. An empty value is left out, so that a default or the package\'s mapping.json holds.')
func appSettings(jobs integration, vaultName string, tableName string) object =>
  union(
    toObject(
      filter(
        items(union(
          {
            SYNC_START_DATE: required('SYNC_START_DATE', jobs.syncStartDate)
            SYNC_CONTACTS_LAST_MODIFY_TIMESTAMP: jobs.contactsLastModified
            SYNC_DEAL_LAST_MODIFY_TIMESTAMP: jobs.dealsLastModified
            CONTACT_SYNC_SCHEDULE: jobs.schedule.contacts
            DEAL_SYNC_SCHEDULE: jobs.schedule.deals
            Bitrix24__WebhookUrl: secret(vaultName, 'Bitrix24-WebhookUrl')
            Otmechalka__ApiKey: secret(vaultName, 'Otmechalka-ApiKey')
            Otmechalka__BaseUrl: required('OTMECHALKA_BASE_URL', jobs.otmechalkaBaseUrl)
            Sync__TableName: tableName
            MAPPING_JSON: jobs.mappingJson
          },
          empty(jobs.mappingJson) ? mapping(jobs.ids) : {}
        )),
        setting => !empty(setting.value)
      ),
      setting => setting.key,
      setting => setting.value
    ),
    jobs.extraSettings
  )
