using '../main.bicep'

// A school of its own with the mapping of the package. The test suite compares what it deploys with the snapshot beside it.
param environmentName = 'chess-production'
param location = 'westeurope'
param school = 'chess'
param stage = 'production'
param syncStartDate = '2020-12-20'
param schedule = {
  contacts: '0 */5 * * * *'
  contactsMinutes: 5
  deals: '0 2-59/5 * * * *'
  dealsMinutes: 5
}
param otmechalkaBaseUrl = 'https://example.otmechalka.com/'
param ids = {
  contactStatusField: 'UF_CRM_SYNC_STATUS'
  dealStatusField: 'UF_CRM_SYNC_STATUS'
  groupCourse: '10987'
  individualCourse: '10988'
  gogolevskyOffice: '2634'
  skolkovoOffice: '2635'
  gogolevskySales: '2634'
  skolkovoSales: '2635'
}
param alertEmails = ['operator@example.com', 'maintainer@example.com']
param alertThresholds = {
  clients: 4500
  backlogMinutes: 60
  refusedPercent: 20
  statusesOwed: 50
}
param operatorPrincipalId = '11111111-1111-1111-1111-111111111111'
param tags = { costCentre: 'crm' }
