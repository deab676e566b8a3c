// The Functions app on Flex Consumption: nothing runs, and nothing is paid for, while nothing happens.
param name string
param location string
param tags object
param identityId string
param clientId string
param dataAccount string
param hostAccount string
param packageContainer string
param insightsConnection string
param publicAddress string
param contact string
param publisher string
param mail string
@secure()
param mailSecret string
param bounces string
@secure()
param bouncesSecret string
param warmInstances int
param demo bool
param otlpEndpoint string

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainer
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: 40
        alwaysReady: warmInstances == 0 ? [] : [{ name: 'http', instanceCount: warmInstances }]
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      AzureWebJobsStorage__accountName: hostAccount
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: clientId
      // The queue trigger's connection. A name of its own: MRAGREEMENT_STORAGE has a value, which the host would take for a connection string.
      MRAGREEMENT_POKES__queueServiceUri: 'https://${dataAccount}.queue.${environment().suffixes.storage}'
      MRAGREEMENT_POKES__credential: 'managedidentity'
      MRAGREEMENT_POKES__clientId: clientId
      MRAGREEMENT_STORAGE: dataAccount
      MRAGREEMENT_PUBLIC_ADDRESS: publicAddress
      MRAGREEMENT_CONTACT: contact
      MRAGREEMENT_PUBLISHER: publisher
      MRAGREEMENT_MAIL: mail
      MRAGREEMENT_MAIL_SECRET: empty(mail) ? '' : mailSecret
      MRAGREEMENT_BOUNCES: bounces
      MRAGREEMENT_BOUNCES_SECRET: empty(bounces) ? '' : bouncesSecret
      MRAGREEMENT_DEMO: demo ? 'true' : 'false'
      // The address / is ours. The host's own page shows only where no function answers, as before the first deployment; this turns it off there too.
      AzureWebJobsDisableHomepage: 'true'
      // Which identity the app takes its own tokens as.
      AZURE_CLIENT_ID: clientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnection
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${clientId}'
      OTEL_SERVICE_NAME: 'mragreement'
      OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint
      // Sign-in proves itself with the app's identity; there is no client secret.
      OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: clientId
    }
  }

  // Deployment is by identity; a password that exists can leak. One by one: in a loop their properties would not be checked.
  resource noPasswordByFtp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource noPasswordByScm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

output name string = app.name
