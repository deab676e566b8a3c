using 'main.bicep'

param stage = 'prod'
param dataRedundancy = 'Standard_GZRS'
// Ten years: longer than any agreement is followed up. Not locked until somebody decides it (infra/deploy.md).
param documentRetentionDays = 3650
param softDeleteDays = 90
param logRetentionDays = 365
param warmInstances = 1
param signInClientId = readEnvironmentVariable('MRAGREEMENT_SIGN_IN_CLIENT_ID')
param alertEmail = readEnvironmentVariable('MRAGREEMENT_ALERT_EMAIL')
