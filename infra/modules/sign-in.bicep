// App Service authentication in front of everything: Entra ID, one tenant, no secret.
param appName string
param clientId string

resource app 'Microsoft.Web/sites@2024-11-01' existing = {
  name: appName
}

resource settings 'Microsoft.Web/sites/config@2024-11-01' = {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true, runtimeVersion: '~1' }
    globalValidation: {
      requireAuthentication: true
      unauthenticatedClientAction: 'RedirectToLoginPage'
      redirectToProvider: 'azureactivedirectory'
      // What is open to anybody in the app too. A calendar program can't sign in: its address is the secret.
      excludedPaths: ['/health/*', '/calendars/*', '/api/v1/api-info', '/api/v1/openapi.json', '/api/v1/openapi.yaml']
    }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
          clientId: clientId
          // Names the setting that holds the identity which vouches for the app, in a client secret's place.
          clientSecretSettingName: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
        }
        validation: { allowedAudiences: [clientId, 'api://${clientId}'] }
      }
    }
    // The app verifies the token that is handed on from it, and signs nobody in twice.
    login: { tokenStore: { enabled: true } }
    httpSettings: { requireHttps: true, forwardProxy: { convention: 'NoProxy' } }
  }
}
