using '../main.bicep'

// The test environment of another school, which has other fields and runs once an hour.
param environmentName = 'music-test'
param location = 'northeurope'
param school = 'Music'
param stage = 'test'
param syncStartDate = '2026-01-01T00:00:00+03:00'
param contactsLastModified = '2026-02-01T00:00:00+03:00'
param period = {
  contacts: 60
  deals: 60
}
param mappingJson = string(loadJsonContent('music.json'))
param otmechalkaBaseUrl = 'https://example.otmechalka.com/'
param extraSettings = { Sync__TimeBudget: '00:05:00' }
param alertEmails = ['operator@example.com']
param alertThresholds = {
  clients: 4500
  backlogMinutes: 180
  refusedPercent: 20
  statusesOwed: 50
}
