import { asMapping, asText, defined, type Mapping } from '../shape.ts'
import { asCount, mappingsOf, placesOf, type KubernetesObject } from './objects.ts'
import { isComputed } from './recognise.ts'
import { resourcesOf } from './resources.ts'
import { selectionOf } from './selection.ts'
import { isEmpty, selectorOf } from './selector.ts'
import { nearest } from './workload-index.ts'
import type { Workload } from './workloads.ts'
import { isWorkload } from './workloads.ts'
import type { World } from './world.ts'

const groupOf = (apiVersion: string | undefined): string =>
  apiVersion?.includes('/') === true ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''

const metricName = (metric: Mapping): string => {
  const type = asText(metric['type']) ?? ''
  const name = asText(asMapping(metric['resource'])?.['name'])
  return name ?? (type === '' ? 'metric' : type)
}

/** Whether a metric of autoscaling/v2 lacks what the API asks for. */
const isBroken = (metric: Mapping): boolean => {
  const type = asText(metric['type']) ?? ''
  const source = asMapping(metric[type.charAt(0).toLowerCase() + type.slice(1)])
  if (source === undefined) return true
  if (type === 'Resource' || type === 'ContainerResource')
    return asText(source['name']) === undefined || asMapping(source['target']) === undefined
  const described = asMapping(source['describedObject'])
  return (
    asText(asMapping(source['metric'])?.['name']) === undefined ||
    asMapping(source['target']) === undefined ||
    (type === 'Object' && (asText(described?.['kind']) === undefined || asText(described?.['name']) === undefined))
  )
}

/** cpu and memory, where an autoscaler works on the share of a request. */
const sharesOfRequests = ({ spec, apiVersion }: KubernetesObject, metrics: readonly Mapping[]): string[] => {
  if (asCount(spec['targetCPUUtilizationPercentage']) !== undefined || (metrics.length === 0 && apiVersion !== ''))
    return ['cpu']
  return metrics.flatMap((metric) => {
    const resource = asMapping(metric['resource'])
    const target = asMapping(resource?.['target'])
    const share = asText(target?.['averageUtilization']) ?? asText(resource?.['targetAverageUtilization'])
    const name = asText(resource?.['name'])
    return share === undefined || name === undefined ? [] : [name]
  })
}

const lacksRequest = (workload: Workload, name: string, world: World): boolean =>
  workload.containers.some(({ role, value }) => {
    if (role !== 'main' && role !== 'sidecar') return false
    const { cpuRequest, memoryRequest } = resourcesOf(value, workload.pod, world.limitRange(workload.object.namespace))
    return name === 'cpu' ? cpuRequest === undefined : name === 'memory' && memoryRequest === undefined
  })

const targetsOf = (object: KubernetesObject, kind: string, name: string, world: World): Workload[] =>
  world.find(kind, name, object.namespace, object.path).flatMap((found) => world.workloadOf(found) ?? [])

/** Joins a HorizontalPodAutoscaler with what it scales, and emits its fact. */
export const emitAutoscaler = (object: KubernetesObject, world: World): void => {
  const { spec, namespace, name } = object
  const reference = asMapping(spec['scaleTargetRef']) ?? {}
  const kind = asText(reference['kind']) ?? ''
  const targetName = asText(reference['name']) ?? ''
  const targets = targetsOf(object, kind, targetName, world)
  const minReplicas = asCount(spec['minReplicas'])
  for (const { autoscalers } of targets) autoscalers.push({ name, minReplicas: minReplicas ?? 1 })
  const metrics = mappingsOf(spec['metrics'])
  const checked = /^autoscaling\/v2(beta2)?$/.test(object.apiVersion)
  const ours = isWorkload({ kind, group: groupOf(asText(reference['apiVersion'])) })
  world.sink.fact({
    kind: 'kubernetes.autoscaler',
    subject: object.id,
    place: object.place,
    places: placesOf(object.document, {
      scaleTargetRef: [spec, 'scaleTargetRef'],
      minReplicas: [spec, 'minReplicas'],
      maxReplicas: [spec, 'maxReplicas'],
      metrics: [spec, 'metrics'],
    }),
    value: defined({
      name,
      namespace,
      target: targetName === '' ? '' : `${kind}/${targetName}`,
      targetComputed: isComputed(targetName) || (targets.length === 0 && !world.complete),
      targetKept: targets.length > 0 || !ours,
      workloadsKept: world.workloadsKept(namespace),
      minReplicas,
      effectiveMinReplicas: minReplicas ?? 1,
      maxReplicas: asCount(spec['maxReplicas']),
      metrics: metrics.length,
      brokenMetrics: checked ? metrics.filter(isBroken).map(metricName) : [],
      metricsWithoutRequests: [...new Set(sharesOfRequests(object, metrics))].filter((metric) =>
        targets.some((workload) => lacksRequest(workload, metric, world)),
      ),
      targetReplicas: targets
        .map((workload) => asCount(workload.object.spec['replicas']))
        .find((one) => one !== undefined),
    }),
  })
}

/** KEDA's ScaledObject makes the autoscaler itself; without a lower bound it goes down to none. */
export const joinScaledObject = (object: KubernetesObject, world: World): void => {
  const reference = asMapping(object.spec['scaleTargetRef']) ?? {}
  const kind = asText(reference['kind']) ?? 'Deployment'
  for (const { autoscalers } of targetsOf(object, kind, asText(reference['name']) ?? '', world))
    autoscalers.push({ name: object.name, minReplicas: asCount(object.spec['minReplicaCount']) ?? 0 })
}

const percent = (text: string): number | undefined =>
  /^\d+(\.\d+)?%$/.test(text) ? Number(text.slice(0, -1)) : undefined

const leastReplicas = (workloads: readonly Workload[]): { replicas: number | undefined; autoscaled: boolean } => {
  let sum = 0
  let autoscaled = false
  for (const { object, autoscalers } of workloads) {
    const bounds = autoscalers.map(({ minReplicas }) => minReplicas)
    const replicas = bounds.length > 0 ? bounds.reduce((a, b) => Math.min(a, b)) : asCount(object.spec['replicas'])
    // Without a number somebody sets it by hand, or elsewhere.
    if (replicas === undefined) return { replicas: undefined, autoscaled: false }
    sum += replicas
    autoscaled ||= bounds.length > 0
  }
  return { replicas: workloads.length === 0 ? undefined : sum, autoscaled }
}

/** Joins a PodDisruptionBudget with the pods that it selects, and emits its fact. */
export const emitDisruptionBudget = (object: KubernetesObject, world: World): void => {
  const { spec, namespace, name } = object
  const written = asMapping(spec['selector'])
  const selector = selectorOf(written)
  const selected =
    written === undefined || isEmpty(selector) ? [] : nearest(world.index.select(namespace, selector), object.path)
  for (const { budgets } of selected) budgets.add(name)
  const minAvailable = asText(spec['minAvailable'])
  const maxUnavailable = asText(spec['maxUnavailable'])
  const { replicas, autoscaled } = leastReplicas(selected)
  const share = percent(minAvailable ?? '')
  const needed =
    share === undefined
      ? asCount(spec['minAvailable'])
      : replicas === undefined
        ? undefined
        : Math.ceil((share * replicas) / 100)
  world.sink.fact({
    kind: 'kubernetes.disruption-budget',
    subject: object.id,
    place: object.place,
    places: placesOf(object.document, {
      selector: [spec, 'selector'],
      minAvailable: [spec, 'minAvailable'],
      maxUnavailable: [spec, 'maxUnavailable'],
    }),
    value: defined({
      name,
      namespace,
      ...selectionOf(selector, selected, object, world),
      workloadsKept: world.workloadsKept(namespace),
      minAvailable,
      maxUnavailable,
      never: percent(minAvailable ?? '') === 100 || maxUnavailable === '0' || maxUnavailable === '0%',
      replicas,
      needed,
      autoscaled,
    }),
  })
}
