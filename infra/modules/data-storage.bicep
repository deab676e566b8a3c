// The account of the agreements: logs and overviews in tables, documents, packages, checkpoints and keys in blobs, pokes in a queue.
// The app makes its tables itself; what bears a policy or a right of its own is made here.
import { accountProperties } from 'account.bicep'
import { roles } from 'roles.bicep'

param name string
param location string
param tags object
param redundancy string
param softDeleteDays int
param documentRetentionDays int?
param principalId string
param workspaceId string

@description('Whether the account is locked against being deleted.')
param keep bool

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: redundancy }
  kind: 'StorageV2'
  properties: accountProperties
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    changeFeed: { enabled: true, retentionInDays: 400 }
    deleteRetentionPolicy: { enabled: true, days: softDeleteDays }
    containerDeleteRetentionPolicy: { enabled: true, days: softDeleteDays }
  }
}

// Who deleted what; reading and writing are not logged, they are many and the agreements have logs of their own.
resource deletions 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'deletions'
  scope: blobs
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'StorageDelete', enabled: true }]
  }
}

resource documents 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
  parent: blobs
  name: 'documents'
  properties: { publicAccess: 'None' }
}

// Unlocked: its interval can still be shortened, and that is logged. Locking can't be undone and is never done from here.
resource retention 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2025-06-01' = if (documentRetentionDays != null) {
  parent: documents
  name: 'default'
  properties: {
    immutabilityPeriodSinceCreationInDays: documentRetentionDays!
    allowProtectedAppendWrites: false
  }
}

// Copies that wait to be fetched: the app takes them away after a month. As a version each stays a day more, and deleted for as long as anything else does.
resource packages 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
  parent: blobs
  name: 'archive-packages'
  properties: { publicAccess: 'None' }
}

resource expiry 'Microsoft.Storage/storageAccounts/managementPolicies@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'archive-packages'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['archive-packages/'] }
            actions: {
              baseBlob: { delete: { daysAfterModificationGreaterThan: 40 } }
              version: { delete: { daysAfterCreationGreaterThan: 1 } }
            }
          }
        }
      ]
    }
  }
}

// Checkpoints of the logs: written once. Worth something because nobody can change them, so the policy is there from the start; it is
// unlocked as that of the documents is, and locked by hand.
resource checkpoints 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
  parent: blobs
  name: 'checkpoints'
  properties: { publicAccess: 'None' }
}

resource checkpointRetention 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2025-06-01' = {
  parent: checkpoints
  name: 'default'
  properties: {
    immutabilityPeriodSinceCreationInDays: documentRetentionDays ?? 1
    allowProtectedAppendWrites: false
  }
}

resource keys 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
  parent: blobs
  name: 'keys'
  properties: { publicAccess: 'None' }
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices@2025-06-01' = {
  parent: account
  name: 'default'
}

resource pokes 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-06-01' = [
  for queue in ['pokes', 'pokes-poison']: {
    parent: queues
    name: queue
  }
]

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (keep) {
  name: 'keep'
  scope: account
  properties: { level: 'CanNotDelete', notes: 'The logs of the agreements: tables can\'t be brought back.' }
}

resource tableRight 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, roles.tableContributor)
  scope: account
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.tableContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource queueRight 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, roles.queueContributor)
  scope: account
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.queueContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource documentRight 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(documents.id, principalId, roles.blobContributor)
  scope: documents
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource packageRight 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(packages.id, principalId, roles.blobContributor)
  scope: packages
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource checkpointRight 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(checkpoints.id, principalId, roles.blobContributor)
  scope: checkpoints
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource keyRight 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(keys.id, principalId, roles.blobContributor)
  scope: keys
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

output id string = account.id
output name string = account.name
