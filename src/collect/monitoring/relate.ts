import type { Collected, Sink } from '../collector.ts'
import { asList, asMapping, asStrings, type Mapping } from '../shape.ts'
import { metricsIn } from './alerts.ts'
import { silentMetrics } from './exporters.ts'
import { emitDashboards } from './grafana.ts'
import { emitNotification } from './alertmanager.ts'
import { loadedFiles } from './rule-files.ts'
import { readingOf, type Reading, type Source } from './reading.ts'
import { emitTargets } from './targets.ts'

const commented = /^[ \t]*#[ \t]*-?[ \t]*(?:alerting|alertmanagers)[ \t]*:/

/** How many Alertmanagers a configuration sends to; one whose list is found at run time counts as one. */
const alertmanagersOf = (root: Mapping): number => {
  let count = 0
  for (const item of asList(asMapping(root['alerting'])?.['alertmanagers']) ?? []) {
    const manager = asMapping(item) ?? {}
    const statics = (asList(manager['static_configs']) ?? []).flatMap((one) => asStrings(asMapping(one)?.['targets']))
    const discovered = Object.keys(manager).some((key) => key.endsWith('_sd_configs'))
    count += discovered ? 1 : statics.length
  }
  return count
}

const emitPrometheus = (source: Source, text: string, alerts: number, collected: Collected, sink: Sink): void => {
  const { path, root, document } = source
  const line = text.split('\n').findIndex((one) => commented.test(one)) + 1
  const alerting = 'alerting' in root ? 'alerting' : 'rule_files'
  const grafana = /(?:^|\/)provisioning\/alerting\/[^/]+\.(?:ya?ml|json)$/
  sink.fact({
    kind: 'monitoring.prometheus',
    subject: `prometheus ${path}`,
    place: line > 0 && !('alerting' in root) ? { path, line, column: 1 } : document.at(root, alerting),
    value: {
      alertmanagers: alertmanagersOf(root),
      alerts,
      ruleFiles: asList(root['rule_files'])?.length ?? 0,
      jobs: asList(root['scrape_configs'])?.length ?? 0,
      remote: 'remote_write' in root,
      commentedOut: line > 0 && !('alerting' in root),
      grafanaAlerting: collected.tree.files.some((file) => grafana.test(file.path)),
    },
  })
}

/** Why metrics may come from somewhere that the repository does not show; empty where all that is scraped is known. */
const strangersOf = (reading: Reading, collected: Collected): string => {
  if (reading.prometheus.length === 0) return 'no Prometheus configuration in the repository says what is scraped'
  const jobs = reading.prometheus.flatMap(({ source }) => asList(source.root['scrape_configs']) ?? [])
  for (const job of jobs)
    for (const key of Object.keys(asMapping(job) ?? {}))
      if (key.endsWith('_sd_configs')) return 'targets are discovered at run time'
  if (
    reading.prometheus.some(({ source }) =>
      ['remote_read', 'otlp', 'scrape_config_files'].some((key) => key in source.root),
    )
  )
    return 'metrics also come in another way than by scraping'
  const outside = collected
    .of('monitoring.scrape-target')
    .find(({ value }) => value.state === 'unknown' && !/^(?:localhost|127\.)/.test(value.host))
  return outside === undefined ? '' : `${outside.value.address} is scraped, and is not of this repository`
}

/** Images whose metrics all start with the product's name. */
const wellKnown =
  /exporter|keycloak|rabbitmq|prometheus|alertmanager|cadvisor|grafana|nginx|traefik|pushgateway|jaeger|loki|minio/

/** The first thing that is scraped and that somebody else wrote. */
const foreignOf = (collected: Collected): string => {
  const known = new Set<string>()
  for (const { value } of collected.of('compose.service')) {
    if (!value.built && !wellKnown.test(value.image?.name ?? '')) continue
    known.add(value.name)
    if (value.containerName !== undefined) known.add(value.containerName)
  }
  const other = collected
    .of('monitoring.scrape-target')
    .find(({ value }) => value.state === 'found' && !known.has(value.host) && !/^(?:localhost|127\.)/.test(value.host))
  return other === undefined ? '' : `${other.value.address} is scraped, and is not built here`
}

/** Joins what is watched with what runs. */
export const relateMonitoring = (collected: Collected, sink: Sink): void => {
  const reading = readingOf(collected.tree)
  emitTargets(reading, collected, sink)
  const loaded = new Set<string>()
  for (const { source, text } of reading.prometheus) {
    const files = loadedFiles(source, collected, sink)
    for (const file of files) loaded.add(file)
    const alerts = reading.alerts.filter(({ file }) => file !== undefined && files.has(file)).length
    emitPrometheus(source, text, alerts, collected, sink)
  }
  const strangers = strangersOf(reading, collected)
  const foreign = foreignOf(collected)
  for (const { name, expression, place, places, waits, severity, file } of reading.alerts) {
    const metrics = metricsIn(expression)
    const sent = file !== undefined && loaded.has(file)
    const reason = sent ? strangers : 'no Prometheus configuration of the repository loads it'
    sink.fact({
      kind: 'monitoring.alert',
      subject: `alert ${name}`,
      place,
      places,
      value: {
        name,
        waits,
        severity,
        sent,
        metrics,
        ...silentMetrics(metrics, { reading, strangers: reason, foreign }),
      },
    })
  }
  for (const source of reading.alertmanagers) emitNotification(source, sink)
  for (const source of reading.providers) emitDashboards(source, collected, sink)
}
