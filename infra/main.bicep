// What MrAgreement needs in Azure, in one resource group. Why it looks like this: docs/decisions/0020.
targetScope = 'resourceGroup'

@description('What the resources are named by: lower-case letters and digits.')
@minLength(3)
@maxLength(12)
param product string = 'mragreement'

@allowed(['dev', 'test', 'prod'])
param stage string

@description('Where everything rests and runs.')
param location string = 'swedencentral'

@description('How many copies of the data there are, and where: one building, three zones, or three zones and a second region.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS', 'Standard_RAGZRS'])
param dataRedundancy string

@description('How long a document can be neither changed nor deleted, in days from its upload. Null for no such policy. Locking it is a step of its own: infra/deploy.md.')
@minValue(1)
@maxValue(146000)
param documentRetentionDays int?

@description('How long a deleted blob or container can be brought back, in days.')
@minValue(7)
@maxValue(365)
param softDeleteDays int = 30

@description('How long logs and metrics are kept, in days.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('How much may be logged on a day, in GB: a bound on the cost of a mistake. -1 for none.')
param dailyLogQuotaGb int = 1

@description('The app registration that people sign in with in front of the app: its application (client) id. Empty for nothing in front.')
@maxLength(36)
param signInClientId string = ''

@description('Who gets the alerts.')
param alertEmail string

@description('Instances that stay warm for pages and API; 0 lets a first visitor wait some seconds.')
@minValue(0)
@maxValue(10)
param warmInstances int = 0

@description('The address people know, where it is not the app\'s own; without a slash at the end.')
param publicAddress string = ''

@description('Whom the accessibility statement tells people to turn to: a mail address, an address on the web, or words.')
param contact string = ''

@description('The authority that data portals are told publishes what everybody may read. Empty for the name of the host.')
param publisher string = ''

@description('Who takes the mail that tells people of reminders and turns: smtp://mail.example.se:587?from=avtal@example.se&user=avtal. Empty for nobody.')
param mail string = ''

@description('The password of that user, or the secret by which a token is got; a reference to a key vault will do.')
@secure()
param mailSecret string = ''

@description('Where reports of mail that did not arrive come to: imaps://avtal@mail.example.se/INBOX. Empty for nobody.')
param bounces string = ''

@description('The password of that user, or the secret by which a token is got; a reference to a key vault will do.')
@secure()
param bouncesSecret string = ''

@description('Whether to admit the made-up people of the demo. Never where there are real agreements.')
param demo bool = false

@description('Where traces, metrics and logs go besides Application Insights, over OTLP.')
param otlpEndpoint string = ''

var name = '${product}-${stage}'
var unique = uniqueString(resourceGroup().id)
var appName = '${name}-${take(unique, 6)}'
var ownAddress = 'https://${appName}.azurewebsites.net'
var tags = { product: product, stage: stage }

module identity 'modules/identity.bicep' = {
  params: { name: name, location: location, tags: tags }
}

module data 'modules/data-storage.bicep' = {
  params: {
    // A storage account's name has at most 24 letters and digits and is unique in the world.
    name: take('data${stage}${unique}', 24)
    location: location
    tags: tags
    redundancy: dataRedundancy
    softDeleteDays: softDeleteDays
    documentRetentionDays: documentRetentionDays
    principalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
    keep: stage == 'prod'
  }
}

module host 'modules/host-storage.bicep' = {
  params: {
    name: take('host${stage}${unique}', 24)
    location: location
    tags: tags
    principalId: identity.outputs.principalId
  }
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    name: name
    location: location
    tags: tags
    retentionDays: logRetentionDays
    dailyQuotaGb: dailyLogQuotaGb
    principalId: identity.outputs.principalId
  }
}

module app 'modules/function-app.bicep' = {
  params: {
    name: appName
    location: location
    tags: tags
    identityId: identity.outputs.id
    clientId: identity.outputs.clientId
    dataAccount: data.outputs.name
    hostAccount: host.outputs.name
    packageContainer: host.outputs.packageContainer
    insightsConnection: monitoring.outputs.insightsConnection
    publicAddress: empty(publicAddress) ? ownAddress : publicAddress
    contact: contact
    publisher: publisher
    mail: mail
    mailSecret: mailSecret
    bounces: bounces
    bouncesSecret: bouncesSecret
    warmInstances: warmInstances
    demo: demo
    otlpEndpoint: otlpEndpoint
  }
}

module signIn 'modules/sign-in.bicep' = if (!empty(signInClientId)) {
  params: { appName: app.outputs.name, clientId: signInClientId }
}

module alerts 'modules/alerts.bicep' = {
  params: {
    name: name
    location: location
    tags: tags
    email: alertEmail
    workspaceId: monitoring.outputs.workspaceId
    storageAccounts: [data.outputs.id, host.outputs.id]
  }
}

module dashboard 'modules/dashboard.bicep' = {
  params: {
    name: name
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    storageAccounts: [data.outputs.id, host.outputs.id]
  }
}

output appName string = app.outputs.name
output address string = empty(publicAddress) ? ownAddress : publicAddress
output dataAccount string = data.outputs.name

@description('The redirect address and the federated credential that the app registration needs: infra/deploy.md.')
output signIn object = {
  redirectUri: '${empty(publicAddress) ? ownAddress : publicAddress}/.auth/login/aad/callback'
  subject: identity.outputs.principalId
}
