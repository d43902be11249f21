import { asBoolean, asList, asMapping, asString, asText, type Mapping } from '../shape.ts'
import type { KubernetesObject } from './objects.ts'
import { textMap } from './objects.ts'

export type ContainerRole = 'main' | 'init' | 'sidecar' | 'ephemeral'

/** One container of a pod template, before it becomes a fact. */
export interface PodContainer {
  role: ContainerRole
  name: string
  value: Mapping
  /** Names of the Services that send it traffic; filled in when Services are joined. */
  servedBy: Set<string>
  /** Those of them that only a monitoring system reads. */
  scrapedBy: Set<string>
}

/** One object that runs pods, and what other objects say about those pods. */
export interface Workload {
  object: KubernetesObject
  path: string
  kind: string
  id: string
  /** The pod spec. */
  pod: Mapping
  labels: Record<string, string>
  annotations: Record<string, string>
  containers: PodContainer[]
  longRunning: boolean
  windows: boolean
  services: Set<string>
  autoscalers: { name: string; minReplicas: number }[]
  budgets: Set<string>
  policies: { name: string; ingress: boolean; egress: boolean }[]
}

const knative = 'serving.knative.dev'

/** The groups that a kind has or had. The core group, which people write by mistake, is taken for any of them. */
const groupsOf: Record<string, readonly string[]> = {
  Pod: [''],
  ReplicationController: [''],
  PodTemplate: [''],
  Deployment: ['apps', 'extensions'],
  DaemonSet: ['apps', 'extensions'],
  ReplicaSet: ['apps', 'extensions'],
  StatefulSet: ['apps'],
  Job: ['batch', 'extensions'],
  CronJob: ['batch'],
  Rollout: ['argoproj.io'],
  DeploymentConfig: ['apps.openshift.io'],
  Service: [knative],
  Configuration: [knative],
  Revision: [knative],
}

/** Whether a kind is one that runs pods. */
export const isWorkload = ({ kind, group }: Pick<KubernetesObject, 'kind' | 'group'>): boolean => {
  const groups = Object.hasOwn(groupsOf, kind) ? (groupsOf[kind] ?? []) : []
  return groups.includes(group) || (group === '' && groups.length > 0 && !groups.includes(knative))
}

const templateOf = ({ kind, value, spec }: KubernetesObject): Mapping => {
  if (kind === 'Pod' || kind === 'Revision') return value
  if (kind === 'PodTemplate') return asMapping(value['template']) ?? {}
  const holder = kind === 'CronJob' ? (asMapping(asMapping(asMapping(spec['jobTemplate']))?.['spec']) ?? {}) : spec
  return asMapping(holder['template']) ?? {}
}

const containersOf = (pod: Mapping): PodContainer[] => {
  const list = (key: string, role: (value: Mapping) => ContainerRole): PodContainer[] =>
    (asList(pod[key]) ?? []).flatMap((item) => {
      const value = asMapping(item)
      if (value === undefined) return []
      return [
        {
          role: role(value),
          name: asText(value['name']) ?? '',
          value,
          servedBy: new Set<string>(),
          scrapedBy: new Set<string>(),
        },
      ]
    })
  return [
    ...list('containers', () => 'main'),
    ...list('initContainers', ({ restartPolicy }) => (restartPolicy === 'Always' ? 'sidecar' : 'init')),
    ...list('ephemeralContainers', () => 'ephemeral'),
  ]
}

const runsForEver = ({ kind, group }: KubernetesObject, pod: Mapping): boolean => {
  // Knative starts and stops its pods with the requests, and probes them by itself.
  if (kind === 'Job' || kind === 'CronJob' || group === knative) return false
  const policy = asString(pod['restartPolicy']) ?? 'Always'
  return kind !== 'Pod' || policy === 'Always'
}

const isWindows = (pod: Mapping): boolean =>
  asMapping(pod['os'])?.['name'] === 'windows' || textMap(pod['nodeSelector'])['kubernetes.io/os'] === 'windows'

/** The workload that an object is; undefined for every other kind. */
export const workloadOf = (object: KubernetesObject): Workload | undefined => {
  if (!isWorkload(object)) return undefined
  const template = templateOf(object)
  const metadata = asMapping(template['metadata']) ?? {}
  const pod = asMapping(template['spec']) ?? {}
  const annotations = textMap(metadata['annotations'])
  return {
    object,
    path: object.path,
    kind: object.kind,
    id: object.id,
    pod,
    // A sketch without a template has the labels that it selects by.
    labels: textMap(
      'template' in object.spec || object.kind === 'Pod'
        ? metadata['labels']
        : asMapping(object.spec['selector'])?.['matchLabels'],
    ),
    annotations,
    containers: containersOf(pod),
    longRunning: runsForEver(object, pod),
    windows: isWindows(pod),
    services: new Set(),
    autoscalers: [],
    budgets: new Set(),
    policies: [],
  }
}

/** The pod's own boolean, false where it is not written; `"true"` in quotes is refused by the API and meant all the same. */
export const flag = (map: Mapping | undefined, key: string): boolean => asBoolean(map?.[key]) ?? map?.[key] === 'true'
