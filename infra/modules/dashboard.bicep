// One page that shows how the program is doing; what its charts mean: docs/observability.md.
param name string
param location string
param tags object
param workspaceId string

@description('The accounts whose requests are shown.')
param storageAccounts string[]

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'dashboard')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: name
    category: 'workbook'
    version: '1.0'
    sourceId: workspaceId
    // The workbook names its accounts; everything else in it is the same everywhere.
    serializedData: replace(loadTextContent('../dashboard.json'), '"{accounts}"', string(storageAccounts))
  }
}
