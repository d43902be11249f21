import * as z from 'zod'
import { defineFact } from './define.ts'

export const scrapeTarget = defineFact({
  topic: 'monitoring',
  variable: 'target',
  description: 'One static target that a Prometheus configuration scrapes.',
  schema: z.object({
    job: z.string(),
    address: z.string().describe('As written'),
    host: z.string().describe('The address without its port'),
    state: z
      .enum(['found', 'missing', 'unknown'])
      .describe('Whether a compose service or Kubernetes Service of the repository answers to the host'),
    because: z.string().describe('Why nobody can tell; empty otherwise'),
  }),
})

export const prometheusConfig = defineFact({
  topic: 'monitoring',
  variable: 'prometheus',
  description: 'One Prometheus configuration file.',
  schema: z.object({
    alertmanagers: z.number().describe('Alertmanagers that it sends alerts to, static or discovered'),
    alerts: z.number().describe('Alerts of the rule files that it loads and the repository has'),
    ruleFiles: z.number().describe('Entries under rule_files'),
    jobs: z.number().describe('Scrape jobs'),
    remote: z.boolean().describe('Whether it writes what it reads to another system, which may have the alerts'),
    commentedOut: z.boolean().describe('Whether the section about Alertmanagers stands there as a comment'),
    grafanaAlerting: z.boolean().describe('Whether the repository provisions alerts of Grafana'),
  }),
})

export const ruleFile = defineFact({
  topic: 'monitoring',
  variable: 'file',
  description: 'One entry under rule_files of a Prometheus configuration.',
  schema: z.object({
    pattern: z.string(),
    state: z.enum(['found', 'missing', 'unknown']),
    because: z.string().describe('Why nobody can tell; empty otherwise'),
  }),
})

export const alert = defineFact({
  topic: 'monitoring',
  variable: 'alert',
  description: 'One alert of a Prometheus rule file or a PrometheusRule.',
  schema: z.object({
    name: z.string(),
    waits: z.boolean().describe('Whether it has a `for`, or looks over a range of time by itself'),
    severity: z.boolean().describe('Whether it has a label that says how urgent it is: severity, priority, page, ...'),
    sent: z.boolean().describe('False for a repository that publishes rules for others and runs no Prometheus'),
    metrics: z.array(z.string()).describe('Names of the metrics in its expression'),
    silent: z
      .array(z.string())
      .describe('Of the metrics, those that nothing in the repository exports, each with what would'),
    because: z.string().describe('Why nobody can tell whether the other metrics are exported; empty otherwise'),
  }),
})

export const notification = defineFact({
  topic: 'monitoring',
  variable: 'alertmanager',
  description: 'One Alertmanager configuration.',
  schema: z.object({
    receivers: z.number(),
    receiver: z.string().describe('The receiver that its route falls back to'),
    notifying: z.array(z.string()).describe('Receivers that tell somebody: by mail, chat, webhook or pager'),
    undefinedReceivers: z.array(z.string()).describe('Names that routes use and no receiver has'),
  }),
})

export const dashboards = defineFact({
  topic: 'monitoring',
  variable: 'dashboards',
  description: 'One folder from which Grafana is told to load dashboards.',
  schema: z.object({
    path: z.string().describe('In the container, as written'),
    source: z.string().describe('The folder of the repository that is mounted there; empty where none is known'),
    count: z.number().describe('Dashboards (JSON files) in it'),
    state: z.enum(['found', 'missing', 'unknown']),
    because: z.string().describe('Why nobody can tell; empty otherwise'),
  }),
})
