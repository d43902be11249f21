import { asMapping, asText, defined } from '../shape.ts'
import { resolve, splitOutside } from './interpolation.ts'

/** An entry of `ports`, of either syntax. */
export interface Port {
  text: string
  target?: number
  published?: number
  publishedCount: number
  protocol: string
  hostIp?: string
  allInterfaces: boolean
  computed: boolean
}

interface Range {
  first?: number
  count: number
}

const range = (text: string): Range => {
  const [first, last] = text.split('-').map((part) => Number.parseInt(part, 10))
  if (first === undefined || Number.isNaN(first)) return { count: 0 }
  return { first, count: last === undefined || Number.isNaN(last) || last < first ? 1 : last - first + 1 }
}

const isEverywhere = (ip: string | undefined): boolean =>
  ip === undefined || ip === '' || ip === '0.0.0.0' || ip === '::' || ip === '[::]' || ip === '*'

const port = (
  text: string,
  target: string,
  published: string,
  protocol: string,
  ip: string | undefined,
  computed: boolean,
): Port => {
  const inside = range(target)
  const outside = range(published)
  return defined({
    text,
    target: inside.first,
    published: outside.first,
    // A variable without a default is still one port of the host.
    publishedCount: published === '' ? 0 : Math.max(outside.count, 1),
    protocol,
    hostIp: ip === '' ? undefined : ip,
    allInterfaces: !computed && isEverywhere(ip),
    computed,
  })
}

/** `[ip:][published:]target[/protocol]`; an IPv6 address stands in brackets. */
const shortPort = (text: string): Port | undefined => {
  const [address = '', protocol = 'tcp'] = splitOutside(text.trim(), '/')
  let rest = address
  let ip: string | undefined
  if (rest.startsWith('[')) {
    const end = rest.indexOf(']')
    if (end < 0) return undefined
    ip = rest.slice(0, end + 1)
    rest = rest.slice(end + 1).replace(/^:/, '')
  }
  const parts = splitOutside(rest, ':')
  const target = parts.pop() ?? ''
  const published = parts.pop() ?? ''
  if (parts.length > 0) ip = parts.join(':')
  const [inside, outside, host] = [resolve(target), resolve(published), ip === undefined ? undefined : resolve(ip)]
  // `${PORTS}` alone may hold an interface; `${PORT}:80` cannot, as the colon would be its second.
  const whole = published === '' && ip === undefined && inside.computed
  const computed = whole || host?.computed === true
  return port(text, inside.text, outside.computed ? 'computed' : outside.text, protocol, host?.text, computed)
}

const longPort = (value: Record<string, unknown>): Port => {
  const target = resolve(asText(value['target']) ?? '')
  const said = asText(value['published'])
  const published = resolve(said ?? '')
  const ip = asText(value['host_ip'])
  const host = ip === undefined ? undefined : resolve(ip)
  // Some write the interface before the published port, which older versions took.
  const cut = published.text.lastIndexOf(':')
  const early =
    cut > 0 ? published.text.slice(0, cut) : /^\d+\.\d+\.\d+\.\d+$/.test(published.text) ? published.text : ''
  const outside = published.computed ? 'computed' : published.text.slice(cut + 1)
  return port(
    `${said ?? ''}:${target.text}`,
    target.text,
    outside,
    asText(value['protocol']) ?? 'tcp',
    host?.text ?? (early === '' ? undefined : early),
    host?.computed === true,
  )
}

/** Reads one entry of `ports`. Undefined for what is none. */
export const parsePort = (value: unknown): Port | undefined => {
  const text = asText(value)
  if (text !== undefined) return text.trim() === '' ? undefined : shortPort(text)
  const mapping = asMapping(value)
  return mapping === undefined ? undefined : longPort(mapping)
}
