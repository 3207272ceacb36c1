using '../main.bicep'

// The test environment of another school, which brings its own mapping and runs once an hour.
param environmentName = 'music-test'
param location = 'northeurope'
param school = 'music'
param stage = 'test'
param syncStartDate = '2026-01-01T00:00:00+03:00'
param contactsLastModified = '2026-02-01T00:00:00+03:00'
param schedule = {
  contacts: '0 0 * * * *'
  contactsMinutes: 60
  deals: '0 30 * * * *'
  dealsMinutes: 60
}
param otmechalkaBaseUrl = 'https://example.otmechalka.com/'
param ids = {
  contactStatusField: ''
  dealStatusField: ''
  groupCourse: ''
  individualCourse: ''
  gogolevskyOffice: ''
  skolkovoOffice: ''
  gogolevskySales: ''
  skolkovoSales: ''
}
param mappingJson = '{"Mapping":{"Contact":{"StatusField":"UF_CRM_SYNC_STATUS"},"Deal":{"StatusField":"UF_CRM_SYNC_STATUS"}}}'
param extraSettings = { Sync__TimeBudget: '00:05:00' }
param alertEmails = ['operator@example.com']
param alertThresholds = {
  clients: 4500
  backlogMinutes: 180
  refusedPercent: 20
  statusesOwed: 50
}
