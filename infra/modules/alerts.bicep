import { watch as watchType } from '../types.bicep'

metadata description = 'Who is told when the integration stops or falls behind. Judged on the logs, so also when the app is dead.'

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('How the names begin.')
param prefix string

@description('The workspace.')
param workspaceName string

@description('Who is told what, and when.')
param watch watchType

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = {
  name: workspaceName
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${prefix}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'b24sync'
    emailReceivers: [
      for (email, index) in watch.emails: {
        name: 'operator-${index + 1}'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

var noRun = loadTextContent('../queries/no-successful-run.kql')

var rules = concat(
  map(watch.jobs, job => {
    name: 'no-successful-run-${job.word}'
    title: '${job.name}: no successful run in three periods'
    severity: 1
    window: job.window
    query: replace(replace(noRun, '{job}', job.name), '{minutes}', string(3 * job.minutes))
    dimensions: []
  }),
  [
    {
      name: 'authorisation-lost'
      title: 'A system refuses our key or rights'
      severity: 1
      window: 'PT1H'
      query: loadTextContent('../queries/authorisation-lost.kql')
      dimensions: ['Job', 'Reason']
    }
    {
      name: 'interrupted-in-a-row'
      title: 'The last three runs of a job were interrupted'
      severity: 2
      window: 'PT6H'
      query: loadTextContent('../queries/interrupted-in-a-row.kql')
      dimensions: ['Job', 'Reason']
    }
    {
      name: 'degraded'
      title: 'The integration falls behind or refuses much'
      severity: 3
      window: 'PT6H'
      query: replace(
        replace(
          replace(
            loadTextContent('../queries/degraded.kql'),
            '{refusedPercent}',
            string(watch.thresholds.refusedPercent)
          ),
          '{backlogMinutes}',
          string(watch.thresholds.backlogMinutes)
        ),
        '{statusesOwed}',
        string(watch.thresholds.statusesOwed)
      )
      dimensions: ['Job', 'Cause']
    }
    {
      name: 'clients-near-limit'
      title: 'otmechalka is nearly full'
      severity: 2
      window: 'P1D'
      query: replace(
        loadTextContent('../queries/clients-near-limit.kql'),
        '{clients}',
        string(watch.thresholds.clients)
      )
      dimensions: []
    }
  ]
)

resource rule 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for item in rules: {
    name: 'alert-${prefix}-${item.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: '${prefix}: ${item.title}'
      description: 'See docs/runbook.md, section ${item.name}.'
      severity: item.severity
      enabled: watch.isEnabled
      scopes: [workspace.id]
      evaluationFrequency: 'PT15M'
      windowSize: item.window
      criteria: {
        allOf: [
          {
            query: item.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            dimensions: map(item.dimensions, name => { name: name, operator: 'Include', values: ['*'] })
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      // Resolved by itself, and told so, once the query finds nothing.
      autoMitigate: true
      // Azure would try the query against a workspace whose tables come into being with the first telemetry, and refuse the
      // rule in a new environment. The test suite gives every query to Microsoft's own parser instead.
      skipQueryValidation: true
      actions: { actionGroups: [people.id] }
    }
  }
]
