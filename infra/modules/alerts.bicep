// What somebody must be told. The queries are in alerts/, one a file; each answers a row only when something is wrong.
param name string
param location string
param tags object
param email string
param workspaceId string
param storageAccounts string[]

var queries = [
  {
    name: 'overdue-wake-ups'
    title: 'An agreement was not woken in time'
    text: 'Reminders and consequences of missed deadlines are late. See docs/observability.md.'
    query: loadTextContent('../alerts/overdue-wake-ups.kql')
    severity: 1
  }
  {
    name: 'failed-work'
    title: 'Work failed for good'
    text: 'An orchestration ended as failed, or a poke was given up. See docs/observability.md.'
    query: loadTextContent('../alerts/failed-work.kql')
    severity: 1
  }
  {
    name: 'balance-alarms'
    title: 'The money of a grant does not add up'
    text: 'A balance check found a difference that should be impossible. See docs/observability.md.'
    query: loadTextContent('../alerts/balance-alarms.kql')
    severity: 1
  }
  {
    name: 'log-faults'
    title: 'The log of an agreement is not whole'
    text: 'Rows, a head or a checkpoint are altered or lost. See docs/observability.md.'
    query: loadTextContent('../alerts/log-faults.kql')
    severity: 1
  }
  {
    name: 'mail-failures'
    title: 'A message was given up'
    text: 'It reached nobody, or not everybody that it was for. See docs/observability.md.'
    query: loadTextContent('../alerts/mail-failures.kql')
    severity: 2
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    groupShortName: take(name, 12)
    enabled: true
    emailReceivers: [{ name: 'operations', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in queries: {
    name: '${name}-${alert.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: alert.title
      description: alert.text
      severity: alert.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT15M'
      windowSize: 'PT30M'
      criteria: {
        allOf: [
          {
            query: alert.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      autoMitigate: true
      actions: { actionGroups: [people.id] }
    }
  }
]

// A warning, not an emergency: refused requests are tried again, and commands answer 503 when that does not help.
resource throttling 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for account in storageAccounts: {
    name: '${name}-throttling-${last(split(account, '/'))}'
    location: 'global'
    tags: tags
    properties: {
      description: 'The storage account refuses requests because there are too many.'
      severity: 3
      enabled: true
      scopes: [account]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: 'throttled'
            metricNamespace: 'Microsoft.Storage/storageAccounts'
            metricName: 'Transactions'
            dimensions: [
              {
                name: 'ResponseType'
                operator: 'Include'
                values: ['ServerBusyError', 'ClientThrottlingError', 'ClientAccountRequestThrottlingError', 'ClientAccountBandwidthThrottlingError', 'SuccessWithThrottling']
              }
            ]
            timeAggregation: 'Total'
            operator: 'GreaterThan'
            threshold: 20
            // The dimension's values exist only once they have occurred.
            skipMetricValidation: true
          }
        ]
      }
      autoMitigate: true
      actions: [{ actionGroupId: people.id }]
    }
  }
]
