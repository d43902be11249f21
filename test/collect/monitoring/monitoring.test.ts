import fc from 'fast-check'
import { expect, test } from 'vitest'
import { metricsIn } from '../../../src/collect/monitoring/alerts.ts'
import { observeTree } from '../facts-of.ts'

test.each([
  ['up == 0', ['up']],
  ['sum by (tenant, job) (rate(shop_orders_total{path=~"/shop/{id}"}[5m])) > 0.1', ['shop_orders_total']],
  ['sum(rate(a_total[5m])) by (service, le) / b_total * 100 > 5', ['a_total', 'b_total']],
  ['histogram_quantile(0.95, sum without (pod) (rate(x_bucket[5m] offset 1h)))', ['x_bucket']],
  ['a_ratio > on (job) group_left (team) b_info and 1e3 < Inf', ['a_ratio', 'b_info']],
  ['absent(up{job="a"}) # and b_total', ['up']],
  ['shop:orders:rate5m > bool 2', ['shop:orders:rate5m']],
  ['', []],
])('metrics of %s', (expression, expected) => {
  expect(metricsIn(expression)).toEqual(expected)
})

test('any expression ends', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      expect(metricsIn(text).length).toBeLessThanOrEqual(text.length)
    }),
  )
})

test('facts of a whole monitoring folder satisfy their schemas', async () => {
  const { facts } = await observeTree({
    'prometheus.yml':
      'rule_files: [alerts.yml]\nscrape_configs:\n  - job_name: shop\n    static_configs: [{ targets: ["shop:8080"] }]\n',
    'alerts.yml':
      'groups:\n  - rules:\n      - alert: Down\n        expr: up == 0\n      - alert:\n        expr: 3\n      - 7\n',
    'alertmanager.yml': 'route: { receiver: a, routes: [{ receiver: b }] }\nreceivers: [{ name: a }]\n',
    'grafana/dashboards.yml': 'apiVersion: 1\nproviders: [{ name: a, options: { path: /d } }]\n',
    'compose.yaml': 'services:\n  shop: { build: . }\n',
  })
  expect(facts.of('monitoring.alert').map(({ subject, value }) => [subject, value.sent, value.waits])).toEqual([
    ['alert Down', true, false],
  ])
  expect(facts.of('monitoring.alertmanager')[0]?.value).toMatchObject({ notifying: [], undefinedReceivers: ['b'] })
  expect(facts.of('monitoring.prometheus')[0]?.value).toMatchObject({ alerts: 1, alertmanagers: 0 })
  expect(facts.of('monitoring.scrape-target')[0]?.value.state).toBe('found')
  expect(facts.of('monitoring.dashboards')[0]?.value.state).toBe('unknown')
})
