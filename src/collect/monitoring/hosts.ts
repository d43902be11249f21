import { asList, asMapping, asString, asStrings, type Mapping } from '../shape.ts'
import { resolve } from '../compose/interpolation.ts'
import type { Reading } from './reading.ts'

const withoutTag = (image: string): string =>
  image
    .replace(/@.*$/, '')
    .replace(/:[^/:]*$/, '')
    .toLowerCase()

/** Notes what images a file runs. */
export const readImages = (text: string, pattern: RegExp, reading: Reading): void => {
  for (const match of text.matchAll(pattern)) reading.images.add(withoutTag(match[1] ?? ''))
}

const aliasesOf = (service: Mapping): string[] =>
  Object.values(asMapping(service['networks']) ?? {}).flatMap((network) => asStrings(asMapping(network)?.['aliases']))

/** Notes every name under which the services of a compose file answer. */
export const readHosts = (root: Mapping, reading: Reading): void => {
  for (const [name, value] of Object.entries(asMapping(root['services']) ?? {})) {
    const service = asMapping(value)
    if (service === undefined) continue
    reading.composed = true
    const links = (asList(service['links']) ?? []).flatMap((link) => asString(link)?.split(':').at(-1) ?? [])
    const extra = asStrings(service['extra_hosts']).map((entry) => entry.split(/[:=]/)[0] ?? '')
    const extraKeys = Object.keys(asMapping(service['extra_hosts']) ?? {})
    const own = [asString(service['container_name']), asString(service['hostname'])]
    for (const host of [name, ...own, ...aliasesOf(service), ...links, ...extra, ...extraKeys])
      if (host !== undefined) reading.hosts.add(resolve(host).text.toLowerCase())
  }
}
