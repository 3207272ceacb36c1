using '../main.bicep'

// A school whose mapping is the one of the package, filled in. The test suite compares what it deploys with the snapshot beside it.
param environmentName = 'chess-production'
param location = 'westeurope'
param school = 'chess'
param stage = 'production'
param syncStartDate = '2020-12-20'
param period = {
  contacts: 5
  deals: 5
}
param mappingJson = string(loadJsonContent('chess.json'))
param otmechalkaBaseUrl = 'https://example.otmechalka.com/'
param alertEmails = ['operator@example.com', 'maintainer@example.com']
param alertThresholds = {
  clients: 4500
  backlogMinutes: 60
  refusedPercent: 20
  statusesOwed: 50
}
param operatorPrincipalId = '11111111-1111-1111-1111-111111111111'
param tags = { costCentre: 'crm' }
