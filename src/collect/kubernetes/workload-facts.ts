import { asList, asMapping, asStrings, asText, defined, type Mapping } from '../shape.ts'
import { accountOf } from './accounts.ts'
import { emitContainer, graceSeconds } from './container-facts.ts'
import { emitEnvironment } from './environment.ts'
import { isNodeAgent } from './node-agent.ts'
import { malformedOf } from './malformed.ts'
import { asCount, mappingsOf, placesOf } from './objects.ts'
import { emitReferences } from './references.ts'
import { isEmpty, labelsSelector, matches, selectorOf } from './selector.ts'
import { emitVolumes } from './volumes.ts'
import { flag, type Workload } from './workloads.ts'
import type { World } from './world.ts'

const scalableKinds = new Set([
  'Deployment',
  'StatefulSet',
  'Rollout',
  'ReplicaSet',
  'ReplicationController',
  'DeploymentConfig',
])
const unmanagedKinds = new Set(['Pod', 'ReplicaSet', 'ReplicationController'])

const selectsItself = ({ kind, object, labels }: Workload): boolean => {
  if (kind === 'Pod' || kind === 'PodTemplate' || kind === 'Job' || kind === 'CronJob') return true
  const written = object.spec['selector']
  const plain = kind === 'ReplicationController' || kind === 'DeploymentConfig'
  const selector = plain ? labelsSelector(written) : selectorOf(written)
  return isEmpty(selector) || matches(selector, labels)
}

const isForOwnNamespace = (term: Mapping, namespace: string | undefined): boolean => {
  const names = asStrings(term['namespaces'])
  return names.length === 0 || namespace === undefined || names.includes(namespace)
}

const holdsApart = ({ pod, labels, object }: Workload): { antiAffinity: boolean; antiAffinityMismatch: boolean } => {
  const rules = asMapping(asMapping(pod['affinity'])?.['podAntiAffinity']) ?? {}
  const terms = mappingsOf([
    ...(asList(rules['requiredDuringSchedulingIgnoredDuringExecution']) ?? []),
    ...(asList(rules['preferredDuringSchedulingIgnoredDuringExecution']) ?? []).map(
      (item) => asMapping(item)?.['podAffinityTerm'],
    ),
  ])
  const own = terms.some(
    (term) => isForOwnNamespace(term, object.namespace) && matches(selectorOf(term['labelSelector']), labels),
  )
  return { antiAffinity: own, antiAffinityMismatch: terms.length > 0 && !own }
}

const replicasOf = (
  workload: Workload,
): { replicas: number | undefined; effectiveReplicas: number; replicasComputed: boolean; replicasOpen: boolean } => {
  const written = workload.object.spec['replicas']
  const replicas = asCount(written)
  const least = workload.autoscalers.map(({ minReplicas }) => minReplicas)
  return {
    replicas,
    effectiveReplicas: least.length > 0 ? Math.min(...least.slice(0, 100)) : (replicas ?? 1),
    replicasOpen: (written === undefined || written === null) && least.length === 0,
    replicasComputed: written !== undefined && written !== null && replicas === undefined,
  }
}

const jobOf = ({ kind, object }: Workload): Mapping =>
  kind === 'CronJob' ? (asMapping(asMapping(object.spec['jobTemplate'])?.['spec']) ?? {}) : object.spec

/** Emits the fact of a workload and of everything in its pod template. */
export const emitWorkload = (
  workload: Workload,
  made: ReadonlySet<string>,
  bound: ReadonlySet<string>,
  world: World,
): void => {
  const { object, pod } = workload
  const strategy = asMapping(object.spec['strategy']) ?? asMapping(object.spec['updateStrategy'])
  const rolling = asMapping(strategy?.['rollingUpdate']) ?? asMapping(strategy?.['rollingParams'])
  const malformed = malformedOf(object)
  const spread = asList(pod['topologySpreadConstraints']) ?? []
  const policies = [...new Set(workload.policies.map(({ name }) => name))].sort()
  world.sink.fact({
    kind: 'kubernetes.workload',
    subject: workload.id,
    place: object.place,
    places: placesOf(object.document, {
      replicas: [object.spec, 'replicas'],
      strategy: [object.spec, 'strategy' in object.spec ? 'strategy' : 'updateStrategy'],
      maxUnavailable: [rolling, 'maxUnavailable'],
      selector: [object.spec, 'selector'],
      hostNetwork: [pod, 'hostNetwork'],
      hostPID: [pod, 'hostPID'],
      hostIPC: [pod, 'hostIPC'],
      malformed: [malformed?.holder, malformed?.key ?? ''],
      shareProcessNamespace: [pod, 'shareProcessNamespace'],
      affinity: [pod, 'affinity'],
      nodeName: [pod, 'nodeName'],
      automountServiceAccountToken: [pod, 'automountServiceAccountToken'],
      terminationGracePeriodSeconds: [pod, 'terminationGracePeriodSeconds'],
      concurrencyPolicy: [object.spec, 'concurrencyPolicy'],
    }),
    value: defined({
      kind: workload.kind,
      name: object.name,
      id: workload.id,
      namespace: object.namespace,
      nodeAgent: isNodeAgent(object),
      malformed: malformed?.reason,
      longRunning: workload.longRunning,
      managed: !unmanagedKinds.has(workload.kind) || asList(object.metadata['ownerReferences']) !== undefined,
      scalable: scalableKinds.has(workload.kind),
      windows: workload.windows,
      podLabels: workload.labels,
      selectorMatches: selectsItself(workload),
      ...replicasOf(workload),
      autoscalers: workload.autoscalers.map(({ name }) => name),
      disruptionBudgets: [...workload.budgets].sort(),
      servedBy: [...workload.services].sort(),
      onlyScraped:
        workload.services.size > 0 &&
        workload.containers.every(({ servedBy, scrapedBy }) => scrapedBy.size === servedBy.size),
      strategy: asText(strategy?.['type']),
      maxUnavailable: asText(rolling?.['maxUnavailable']),
      hostNetwork: flag(pod, 'hostNetwork'),
      hostPID: flag(pod, 'hostPID'),
      hostIPC: flag(pod, 'hostIPC'),
      shareProcessNamespace: flag(pod, 'shareProcessNamespace'),
      ...accountOf(workload, bound, world),
      ...holdsApart(workload),
      topologySpread: spread.some((item) => asText(asMapping(item)?.['topologyKey']) !== undefined),
      usesClaim: mappingsOf(pod['volumes']).some((volume) => 'persistentVolumeClaim' in volume),
      nodeName: asText(pod['nodeName']),
      networkPolicies: policies,
      ingressLimited: workload.policies.some(({ ingress }) => ingress),
      egressLimited: workload.policies.some(({ egress }) => egress),
      graceSeconds: graceSeconds(pod),
      activeDeadline: 'activeDeadlineSeconds' in jobOf(workload) || 'activeDeadlineSeconds' in pod,
      ttlAfterFinished: 'ttlSecondsAfterFinished' in jobOf(workload),
      concurrencyPolicy: asText(object.spec['concurrencyPolicy']),
    }),
  })
  for (const container of workload.containers) {
    emitContainer(workload, container, world)
    emitEnvironment(workload, container, world)
  }
  emitVolumes(workload, world)
  emitReferences(workload, made, world)
}
