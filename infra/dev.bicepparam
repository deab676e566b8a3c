using 'main.bicep'

param stage = 'dev'
param dataRedundancy = 'Standard_LRS'
param softDeleteDays = 7
param logRetentionDays = 30
param demo = true
param signInClientId = readEnvironmentVariable('MRAGREEMENT_SIGN_IN_CLIENT_ID')
param alertEmail = readEnvironmentVariable('MRAGREEMENT_ALERT_EMAIL')
