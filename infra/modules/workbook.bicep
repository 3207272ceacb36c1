metadata description = 'The page an operator opens first: last runs, outcomes, backlog, latency, failing records.'

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Name that people see.')
param displayName string

@description('The workspace.')
param workspaceName string

@description('Host of the Bitrix24 portal, for links to its cards.')
param portalHost string

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = {
  name: workspaceName
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(workspace.id, 'b24-otmechalka')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: displayName
    category: 'workbook'
    sourceId: workspace.id
    serializedData: replace(loadTextContent('../workbook.json'), '{portalHost}', portalHost)
  }
}
