using 'main.bicep'

param stage = 'prod'
param dataRedundancy = 'Standard_GZRS'
// Ten years: longer than any agreement is followed up. Not locked until somebody decides it (infra/deploy.md).
param documentRetentionDays = 3650
param softDeleteDays = 90
param logRetentionDays = 365
// One warm instance would cost more in a year than all the rest (infra/cost.md).
param warmInstances = 0
param signInClientId = readEnvironmentVariable('MRAGREEMENT_SIGN_IN_CLIENT_ID')
param alertEmail = readEnvironmentVariable('MRAGREEMENT_ALERT_EMAIL')
