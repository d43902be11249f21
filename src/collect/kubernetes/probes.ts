import { asList, asMapping, asNumber, asStrings, asText, type Mapping } from '../shape.ts'
import { asCount } from './objects.ts'

export interface Probe {
  handler: 'httpGet' | 'tcpSocket' | 'exec' | 'grpc' | 'none'
  target: string
  port?: string
  portKnown: boolean
  initialDelaySeconds: number
  timeoutSeconds: number
  periodSeconds: number
  failureThreshold: number
}

/** A declared port of a container. */
export interface Port {
  name: string | undefined
  number: number
  protocol: string
  hostPort: number | undefined
}

/** The ports that a container declares. */
export const portsOf = (container: Mapping): Port[] =>
  (asList(container['ports']) ?? []).flatMap((item) => {
    const port = asMapping(item)
    const number = Number(asText(port?.['containerPort']))
    if (port === undefined || Number.isNaN(number)) return []
    return [
      {
        name: asText(port['name']),
        number,
        protocol: asText(port['protocol']) ?? 'TCP',
        hostPort: asCount(port['hostPort']),
      },
    ]
  })

const handlers = ['httpGet', 'tcpSocket', 'exec', 'grpc'] as const

/** A probe of a container, with the API's defaults; undefined where there is none or it is empty. */
export const probeOf = (container: Mapping, key: string): Probe | undefined => {
  const probe = asMapping(container[key])
  if (probe === undefined || Object.keys(probe).length === 0) return undefined
  const handler = handlers.find((name) => asMapping(probe[name]) !== undefined)
  const action = asMapping(handler === undefined ? undefined : probe[handler]) ?? {}
  const port = asText(action['port'])
  const ports = portsOf(container)
  const named = port !== undefined && !/^\d+$/.test(port)
  const number = named ? ports.find(({ name }) => name === port)?.number : port
  const target = [asText(action['path']) ?? '', ...asStrings(action['command']), number ?? port ?? ''].join(' ').trim()
  return {
    handler: handler ?? 'none',
    target,
    ...(port === undefined ? {} : { port }),
    portKnown: !named || port.includes('$') || ports.some(({ name }) => name === port),
    initialDelaySeconds: asNumber(probe['initialDelaySeconds']) ?? 0,
    timeoutSeconds: asNumber(probe['timeoutSeconds']) ?? 1,
    periodSeconds: asNumber(probe['periodSeconds']) ?? 10,
    failureThreshold: asNumber(probe['failureThreshold']) ?? 3,
  }
}
