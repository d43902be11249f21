import { asStrings, asText, defined } from '../shape.ts'
import { asCount, mappingsOf, placesOf, type KubernetesObject } from './objects.ts'
import { portsOf } from './probes.ts'
import { isScraped } from './scraped.ts'
import { describeSelector, isComputedSelector, isEmpty, labelsSelector } from './selector.ts'
import { nearest } from './workload-index.ts'
import type { PodContainer, Workload } from './workloads.ts'
import type { World } from './world.ts'

const serving = ({ containers }: Workload): PodContainer[] =>
  containers.filter(({ role }) => role === 'main' || role === 'sidecar')

/** The containers of a pod that answer on a port of a Service. Declaring a port is a courtesy: one that declares none may. */
const receivers = (workload: Workload, target: string): PodContainer[] => {
  const all = serving(workload)
  const declaring = all.filter(({ value }) =>
    portsOf(value).some(({ name, number }) => name === target || String(number) === target),
  )
  if (declaring.length > 0) return declaring
  return all.length === 1 ? all : all.filter(({ role, value }) => role === 'main' && portsOf(value).length === 0)
}

const lacks = (workload: Workload, target: string): boolean => {
  const all = serving(workload)
  const ports = all.flatMap(({ value }) => portsOf(value))
  const found = ports.some(({ name, number }) => name === target || String(number) === target)
  const named = !/^\d+$/.test(target)
  return !found && all.length > 0 && (named || all.every(({ value }) => portsOf(value).length > 0))
}

const internal = /internal|private/i

const isOpenToAll = ({ spec, annotations }: KubernetesObject): boolean =>
  spec['type'] === 'LoadBalancer' &&
  asStrings(spec['loadBalancerSourceRanges']).every((range) => range === '0.0.0.0/0') &&
  spec['loadBalancerClass'] !== 'tailscale' &&
  !Object.entries(annotations).some(
    ([key, value]) =>
      (internal.test(key) && value !== 'false') || internal.test(value) || key.endsWith('source-ranges'),
  )

/** Joins a Service with the pods that it selects, and emits its fact. */
export const emitService = (object: KubernetesObject, world: World): void => {
  const { spec, namespace, path } = object
  const selector = labelsSelector(spec['selector'])
  const ports = mappingsOf(spec['ports'])
  const hasSelector = !isEmpty(selector) && spec['type'] !== 'ExternalName'
  const selected = hasSelector ? nearest(world.index.select(namespace, selector), path) : []
  const targets = ports
    .map((port) => asText(port['targetPort']) ?? asText(port['port']) ?? '')
    .filter((one) => one !== '')
  const ofStatefulSet = selected.some(({ kind }) => kind === 'StatefulSet')
  const scraped = isScraped(object, world, ofStatefulSet)
  for (const workload of selected) {
    workload.services.add(object.name)
    for (const target of targets)
      for (const container of receivers(workload, target)) {
        container.servedBy.add(object.name)
        if (scraped) container.scrapedBy.add(object.name)
      }
  }
  const computed =
    isComputedSelector(selector) ||
    (selected.length === 0 && (!world.complete || world.madeElsewhere(selector, namespace)))
  world.sink.fact({
    kind: 'kubernetes.service',
    subject: object.id,
    place: object.place,
    places: placesOf(object.document, {
      selector: [spec, 'selector'],
      ports: [spec, 'ports'],
      type: [spec, 'type'],
      externalIPs: [spec, 'externalIPs'],
    }),
    value: defined({
      name: object.name,
      namespace,
      type: asText(spec['type']) ?? 'ClusterIP',
      headless: spec['clusterIP'] === 'None',
      hasSelector,
      selector: describeSelector(selector),
      selectorComputed: computed,
      selects: [...new Set(selected.map(({ id }) => id))].sort(),
      workloadsKept: world.workloadsKept(namespace),
      missingTargets:
        spec['clusterIP'] === 'None' || selected.length === 0
          ? []
          : [...new Set(targets)].filter((target) => selected.every((workload) => lacks(workload, target))),
      externalIPs: asStrings(spec['externalIPs']),
      openToAll: isOpenToAll(object),
      nodePorts: ports.flatMap((port) => asCount(port['nodePort']) ?? []),
    }),
  })
}
