// How both storage accounts are: no keys, no anonymous reading, only TLS.
@export()
var accountProperties = {
  accessTier: 'Hot'
  allowSharedKeyAccess: false
  defaultToOAuthAuthentication: true
  allowBlobPublicAccess: false
  allowCrossTenantReplication: false
  minimumTlsVersion: 'TLS1_2'
  supportsHttpsTrafficOnly: true
  // Open to the network, closed to everybody without a role: the app has no fixed address (docs/decisions/0020).
  publicNetworkAccess: 'Enabled'
  networkAcls: { defaultAction: 'Allow', bypass: 'AzureServices' }
}
