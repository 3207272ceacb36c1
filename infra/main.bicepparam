using 'main.bicep'

// Nothing here is edited: every value comes from the environment, `azd env set NAME VALUE`. Secrets never do.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'local')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param school = readEnvironmentVariable('SCHOOL', 'school')
param stage = readEnvironmentVariable('STAGE', 'production')

param syncStartDate = readEnvironmentVariable('SYNC_START_DATE', '')
param contactsLastModified = readEnvironmentVariable('SYNC_CONTACTS_LAST_MODIFY_TIMESTAMP', '')
param dealsLastModified = readEnvironmentVariable('SYNC_DEAL_LAST_MODIFY_TIMESTAMP', '')
param period = {
  contacts: int(readEnvironmentVariable('CONTACT_SYNC_MINUTES', '5'))
  deals: int(readEnvironmentVariable('DEAL_SYNC_MINUTES', '5'))
}
param otmechalkaBaseUrl = readEnvironmentVariable('OTMECHALKA_BASE_URL', '')
param extraSettings = json(readEnvironmentVariable('EXTRA_SETTINGS', '{}'))

param mappingJson = readEnvironmentVariable('MAPPING_JSON', '')

param alertEmails = filter(
  split(replace(readEnvironmentVariable('ALERT_EMAILS', ''), ' ', ''), ','),
  email => !empty(email)
)
param alertThresholds = {
  clients: int(readEnvironmentVariable('ALERT_CLIENTS', '4500'))
  backlogMinutes: int(readEnvironmentVariable('ALERT_BACKLOG_MINUTES', '60'))
  refusedPercent: int(readEnvironmentVariable('ALERT_REFUSED_PERCENT', '20'))
  statusesOwed: int(readEnvironmentVariable('ALERT_STATUSES_OWED', '50'))
}
param portalHost = readEnvironmentVariable('BITRIX24_PORTAL_HOST', 'example.bitrix24.ru')
param dailyLogCapGb = readEnvironmentVariable('DAILY_LOG_CAP_GB', '0.2')
param operatorPrincipalId = readEnvironmentVariable(
  'OPERATOR_PRINCIPAL_ID',
  readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
)
param tags = json(readEnvironmentVariable('TAGS', '{}'))
