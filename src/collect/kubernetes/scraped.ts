import { asText } from '../shape.ts'
import { mappingsOf, type KubernetesObject } from './objects.ts'
import { isEmpty, matches, selectorOf } from './selector.ts'
import { meets, type World } from './world.ts'

const monitors = new WeakMap<World, readonly KubernetesObject[]>()

const monitorsOf = (world: World): readonly KubernetesObject[] => {
  const known = monitors.get(world) ?? world.objects.filter(({ kind }) => kind === 'ServiceMonitor')
  monitors.set(world, known)
  return known
}

const reads = (monitor: KubernetesObject, service: KubernetesObject, port: string): boolean => {
  const selector = selectorOf(monitor.spec['selector'])
  return (
    !isEmpty(selector) &&
    meets(monitor.namespace, service.namespace) &&
    mappingsOf(monitor.spec['endpoints']).some((endpoint) => asText(endpoint['port']) === port) &&
    matches(selector, service.labels)
  )
}

/**
 * Whether a Service is there for a monitoring system alone: by its name or the names of all its ports, or since it gives nobody
 * an address to call and ServiceMonitors read each of its ports. Members of a StatefulSet find each other by such a Service.
 */
export const isScraped = (service: KubernetesObject, world: World, ofStatefulSet: boolean): boolean => {
  const { name, spec } = service
  const ports = mappingsOf(spec['ports']).map((port) => asText(port['name']) ?? '')
  if (/(?:^|-)(?:metrics|monitoring|exporter)$/.test(name)) return true
  if (ports.length === 0) return false
  if (ports.every((port) => /metrics/.test(port))) return true
  return (
    spec['clusterIP'] === 'None' &&
    !ofStatefulSet &&
    ports.every((port) => port !== '' && monitorsOf(world).some((monitor) => reads(monitor, service, port)))
  )
}
