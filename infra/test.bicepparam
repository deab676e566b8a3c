using 'main.bicep'

param stage = 'test'
param dataRedundancy = 'Standard_ZRS'
// Long enough to meet the policy in tests, short enough to clear up after them.
param documentRetentionDays = 1
param softDeleteDays = 7
param logRetentionDays = 30
param demo = true
param signInClientId = readEnvironmentVariable('MRAGREEMENT_SIGN_IN_CLIENT_ID')
param alertEmail = readEnvironmentVariable('MRAGREEMENT_ALERT_EMAIL')
