import type { Collector, TextFile } from '../collector.ts'
import { asMapping, type Mapping } from '../shape.ts'
import type { YamlDocument } from '../yaml/yaml-file.ts'
import { readAlerts } from './alerts.ts'
import { readHosts, readImages } from './hosts.ts'
import { readingOf, type Reading } from './reading.ts'
import { relateMonitoring } from './relate.ts'
import { isLibraryList, isSource, readWords } from './sources.ts'

const yamlFile = /\.ya?ml(?:\.example)?$/i
const foreign = /(?:^|\/)(?:node_modules|vendor|third_party|testdata|fixtures)\/|^\.github\//
/** A larger YAML file is data, or generated for others. Bytes. */
const maxYaml = 1_000_000

const prometheus = /^scrape_configs[ \t]*:/m
const ruleGroups = /^groups[ \t]*:/m
const alerting = /^\s{0,40}-?\s{0,4}["']?(?:alert|record)["']?[ \t]*:/m
const operatorRule = /^kind[ \t]*:[ \t]*["']?PrometheusRule/m
const alertmanager = /^receivers[ \t]*:/m
const provider = /^providers[ \t]*:/m
const compose = /^services[ \t]*:/m
const image = /(?:^|[\s{,])image[ \t]*:[ \t]*["']?([^\s"'#}]{1,300})/gm

/** Which of the formats a document is, by its keys. */
const take = (document: YamlDocument, root: Mapping, file: TextFile, reading: Reading): void => {
  const source = { path: file.path, root, document }
  if (root['kind'] === 'PrometheusRule') readAlerts(source, asMapping(root['spec']) ?? {}, reading, false)
  else if ('apiVersion' in root && !('providers' in root)) return
  else if ('scrape_configs' in root) reading.prometheus.push({ source, text: file.text })
  else if ('groups' in root) readAlerts(source, root, reading, true)
  else if ('route' in root && 'receivers' in root) reading.alertmanagers.push(source)
  else if ('providers' in root) reading.providers.push(source)
  else if ('services' in root) readHosts(root, reading)
}

const collectYaml = (file: TextFile, reading: Reading): void => {
  const { text } = file
  const composed = compose.test(text) && !/^apiVersion[ \t]*:/m.test(text)
  if (composed || text.includes('image')) readImages(text, image, reading)
  const ours =
    composed ||
    prometheus.test(text) ||
    (ruleGroups.test(text) && alerting.test(text)) ||
    operatorRule.test(text) ||
    (alertmanager.test(text) && /^route[ \t]*:/m.test(text)) ||
    (provider.test(text) && /^apiVersion[ \t]*:/m.test(text))
  if (!ours) return
  for (const document of file.yaml('1.2').documents) {
    const root = asMapping(document.value)
    if (root !== undefined) take(document, root, file, reading)
  }
}

/** Prometheus, Alertmanager and Grafana: what is watched, what raises an alert, and whom it reaches. */
export const monitoring: Collector = {
  topic: 'monitoring',
  claims: ({ path, size }) =>
    !foreign.test(path) &&
    ((yamlFile.test(path) && size <= maxYaml) || isLibraryList(path) || (isSource(path) && size <= 300_000)),
  // What is broken in a file of another kind is that kind's to report.
  recognises: (text) => prometheus.test(text) || (ruleGroups.test(text) && alerting.test(text)),
  collect: (file, _sink, tree) => {
    const reading = readingOf(tree)
    if (yamlFile.test(file.path)) collectYaml(file, reading)
    else if (isLibraryList(file.path)) reading.libraries.push({ path: file.path, text: file.text })
    else readWords(file, reading)
  },
  relate: relateMonitoring,
}
