import type { Collected, Sink } from '../collector.ts'
import { asList, asMapping, asString, asText } from '../shape.ts'
import type { Reading } from './reading.ts'

const computed = /\$\{?|\{\{|%[A-Z(]|<[^>]*>|__\w+__/

/** The host of `host:port`, of an address with a scheme, and of `[::1]:9090`. */
const hostOf = (address: string): string => {
  const bare = address.replace(/^[a-z]+:\/\//i, '').split('/')[0] ?? ''
  if (bare.startsWith('[')) return bare.slice(0, bare.indexOf(']') + 1)
  return bare.split(':')[0] ?? ''
}

const self = /^(?:localhost|127\.|0\.0\.0\.0|::1|\[::1\]|host\.docker\.internal|host-gateway|gateway\.docker\.internal)/

/** Whether a name is that of a Kubernetes Service, alone or with its namespace after it. */
const isService = (host: string, services: ReadonlySet<string>): boolean => services.has(host.split('.')[0] ?? '')

interface Answer {
  state: 'found' | 'missing' | 'unknown'
  because: string
}

const unknown = (because: string): Answer => ({ state: 'unknown', because })

/** How targets are looked up. One run has many. */
const resolver = (reading: Reading, collected: Collected): ((address: string) => Answer) => {
  const services = new Set(collected.of('kubernetes.service').map(({ value }) => value.name.toLowerCase()))
  const chart = collected.tree.files.some(({ path }) => /(?:^|\/)Chart\.yaml$/.test(path))
  return (address) => {
    if (computed.test(address)) return unknown('it is computed')
    const host = hostOf(address).toLowerCase()
    if (self.test(host)) return { state: 'found', because: '' }
    if (reading.hosts.has(host.replace(/^tasks\./, '')) || isService(host, services))
      return { state: 'found', because: '' }
    const inCluster = /\.svc(?:\.cluster\.local)?\.?$/.test(host)
    if (host.includes('.') && !inCluster) return unknown('it is a host outside this repository')
    if (/^\d+$|:/.test(host) || host === '') return unknown('it is an address')
    if (chart) return unknown('a chart may create its Service under a name that is computed')
    if (inCluster ? services.size === 0 : !reading.composed && services.size === 0)
      return unknown('nothing in this repository says what runs beside it')
    return { state: 'missing', because: '' }
  }
}

/** Emits every static target. In a job that probes others, the target is what is probed and not who is asked. */
export const emitTargets = (reading: Reading, collected: Collected, sink: Sink): void => {
  const answer = resolver(reading, collected)
  for (const { source } of reading.prometheus)
    for (const item of asList(source.root['scrape_configs']) ?? []) {
      const job = asMapping(item)
      if (job === undefined) continue
      const name = asText(job['job_name']) ?? ''
      for (const config of asList(job['static_configs']) ?? []) {
        const targets = asList(asMapping(config)?.['targets']) ?? []
        for (const [index, target] of targets.entries()) {
          const address = asString(target)
          if (address === undefined || /^https?:\/\//.test(address)) continue
          sink.fact({
            kind: 'monitoring.scrape-target',
            subject: `job ${name} target ${address}`,
            place: source.document.at(targets, index),
            value: { job: name, address, host: hostOf(address), ...answer(address) },
          })
        }
      }
    }
}
