import * as z from 'zod'
import { defineFact } from './define.ts'

const namespace = z.string().optional().describe('As written; absent when the manifest leaves it to whoever applies it')
const workload = z.string().describe('Its workload as Kind/name, with the namespace between them where it is written')
const labels = z.record(z.string(), z.string())

export const object = defineFact({
  topic: 'kubernetes',
  variable: 'object',
  description: 'One Kubernetes object of a manifest, of any kind, custom resources included.',
  schema: z.object({
    apiVersion: z.string(),
    kind: z.string(),
    name: z.string().describe('Empty when the manifest has none'),
    namespace,
    namespaced: z.boolean().describe('Whether it is a built-in kind that lives in a namespace'),
    namespaceSetElsewhere: z.boolean().describe('Whether a kustomization that lists the file sets the namespace'),
    labels,
    removedIn: z.string().optional().describe('The Kubernetes version, such as 1.22, that no longer serves its API'),
    replacement: z.string().optional().describe('The apiVersion that took the place of a removed one'),
  }),
})

const nodeAgent = z
  .boolean()
  .describe('Whether it is a DaemonSet of kube-system, or one named as an agent, exporter, network or storage driver')

export const workloadFact = defineFact({
  topic: 'kubernetes',
  variable: 'workload',
  description:
    'One thing that runs pods: Deployment, StatefulSet, DaemonSet, Job, CronJob, Pod, Argo Rollout and so on.',
  schema: z.object({
    kind: z.string(),
    name: z.string(),
    id: workload,
    namespace,
    nodeAgent,
    malformed: z
      .string()
      .optional()
      .describe('What on the way to its containers is not of the form that the API has: `spec is a list`'),
    longRunning: z.boolean().describe('False for Jobs, CronJobs and Pods that are not restarted'),
    managed: z.boolean().describe('False for a Pod on its own and for a ReplicaSet or ReplicationController'),
    scalable: z.boolean().describe('Whether its kind has replicas that a person chooses'),
    windows: z.boolean().describe('Whether its pods ask for Windows nodes'),
    podLabels: labels,
    selectorMatches: z
      .boolean()
      .describe("Whether its own selector selects its pod template's labels; true where it has none"),
    replicas: z.number().optional().describe('As written'),
    effectiveReplicas: z
      .number()
      .describe('The least that run: the lower bound of its autoscaler, else replicas, else 1'),
    replicasOpen: z
      .boolean()
      .describe('Whether neither replicas nor an autoscaler of the repository says how many run'),
    replicasComputed: z.boolean().describe('Whether replicas is a template or a variable'),
    autoscalers: z.array(z.string()).describe('Names of the autoscalers of the repository that target it'),
    disruptionBudgets: z.array(z.string()).describe('Names of the PodDisruptionBudgets that select its pods'),
    servedBy: z.array(z.string()).describe('Names of the Services that select its pods'),
    onlyScraped: z.boolean().describe('Whether Services select it, and all of them are there for a monitoring system'),
    strategy: z.string().optional().describe('Update strategy type as written'),
    maxUnavailable: z.string().optional().describe('Of the rolling update, as written: a number or a percentage'),
    hostNetwork: z.boolean(),
    hostPID: z.boolean(),
    hostIPC: z.boolean(),
    shareProcessNamespace: z.boolean(),
    serviceAccount: z.string().describe('`default` when none is written'),
    serviceAccountKnown: z.boolean().describe('Whether that account is in the repository'),
    serviceAccountBound: z.boolean().describe('Whether a RoleBinding of the repository grants that account a role'),
    tokenMounted: z
      .boolean()
      .describe("Whether pods get their account's token: the pod's word, else the account's, else yes"),
    tokenByAccount: z
      .boolean()
      .describe(
        'Whether the pod leaves that to its account, and the manifest of the account says yes in so many words',
      ),
    antiAffinity: z.boolean().describe('Whether its podAntiAffinity holds its own pods apart'),
    antiAffinityMismatch: z.boolean().describe('Whether it has podAntiAffinity that does not select its own pods'),
    topologySpread: z.boolean().describe('Whether topologySpreadConstraints spread it over hosts or zones'),
    usesClaim: z.boolean().describe('Whether it mounts a PersistentVolumeClaim'),
    nodeName: z.string().optional().describe('The node it is tied to by name'),
    networkPolicies: z.array(z.string()).describe('Names of the NetworkPolicies that select its pods'),
    ingressLimited: z.boolean().describe('Whether one of them says what may come in'),
    egressLimited: z.boolean().describe('Whether one of them says what may go out'),
    graceSeconds: z.number().optional().describe('terminationGracePeriodSeconds as written'),
    activeDeadline: z.boolean().describe('Whether a Job has an activeDeadlineSeconds'),
    ttlAfterFinished: z.boolean().describe('Whether a Job has a ttlSecondsAfterFinished'),
    concurrencyPolicy: z.string().optional().describe('Of a CronJob, as written'),
  }),
})

const probe = z.object({
  handler: z.enum(['httpGet', 'tcpSocket', 'exec', 'grpc', 'none']),
  target: z.string().describe('Path and port, port, or command: equal for two probes that ask the same question'),
  port: z.string().optional().describe('Number or name, as written'),
  portKnown: z.boolean().describe('False for a named port that the container does not declare'),
  initialDelaySeconds: z.number(),
  timeoutSeconds: z.number(),
  periodSeconds: z.number(),
  failureThreshold: z.number(),
})

export const container = defineFact({
  topic: 'kubernetes',
  variable: 'container',
  description: 'One container of a pod template.',
  schema: z.object({
    name: z.string(),
    workload,
    workloadKind: z.string(),
    namespace,
    nodeAgent,
    role: z
      .enum(['main', 'init', 'sidecar', 'ephemeral'])
      .describe('sidecar: an init container that is restarted always'),
    longRunning: z
      .boolean()
      .describe('Whether it is to run for ever: main or sidecar, of a workload that is not a job'),
    windows: z.boolean(),
    servedBy: z.array(z.string()).describe('Names of the Services that send it traffic'),
    onlyScraped: z.boolean().describe('Whether all of those are there for a monitoring system'),
    image: z.string().optional(),
    imageName: z.string().describe('The image without tag and digest'),
    imageTag: z.string().optional(),
    imageDigest: z.string().optional(),
    imageComputed: z.boolean().describe('Whether a variable or a template stands in it'),
    imageSetElsewhere: z
      .boolean()
      .describe("Whether a kustomization's `images`, or a workflow that edits one, sets a tag or digest for it"),
    pullPolicy: z.string().describe('As written, or as Kubernetes defaults it by the tag'),
    runAsNonRoot: z.boolean().optional().describe("The container's, else the pod's"),
    runAsUser: z.number().optional().describe("The container's, else the pod's"),
    runAsGroup: z.number().optional().describe("The container's, else the pod's"),
    privileged: z.boolean(),
    allowPrivilegeEscalation: z.boolean().describe('True where it is not written, as Kubernetes has it'),
    readOnlyRootFilesystem: z.boolean(),
    capabilitiesAdded: z.array(z.string()).describe('Upper case, without CAP_'),
    capabilitiesDropped: z.array(z.string()).describe('Upper case, without CAP_'),
    dropsAll: z.boolean().describe('Whether it drops ALL, or each of the default capabilities by name'),
    seccomp: z
      .string()
      .optional()
      .describe('RuntimeDefault, Localhost or Unconfined, of the container, the pod or the old annotations'),
    procMount: z.string().optional(),
    cpuRequest: z
      .string()
      .optional()
      .describe('As it takes effect: a limit without a request is the request too; LimitRange counts'),
    cpuLimit: z.string().optional(),
    memoryRequest: z.string().optional().describe('As it takes effect, see cpuRequest'),
    memoryLimit: z.string().optional(),
    impliedRequests: z
      .array(z.string())
      .describe('cpu or memory, where the limit is taken for a request that nobody wrote'),
    requestsWithinLimits: z.boolean().describe('False when a request is larger than its limit, which the API refuses'),
    readinessProbe: probe.optional(),
    livenessProbe: probe.optional(),
    startupProbe: probe.optional(),
    hostNetwork: z.boolean().describe("Whether its pod is on the node's network, where every port is the node's"),
    hostPorts: z.array(z.number()),
    ports: z.array(z.number()).describe('containerPorts'),
    duplicatePorts: z.array(z.string()).describe('Ports that it declares twice, as 8080/TCP'),
    sshPort: z.boolean().describe('Whether it declares port 22'),
    preStop: z.boolean(),
    hiddenFolders: z
      .array(z.string())
      .describe(
        "System folders of the image that a writable volume is mounted over; the node's own folders do not count",
      ),
    missingVolumes: z.array(z.string()).describe('Names of mounted volumes that the pod does not define'),
  }),
})

export const environmentVariable = defineFact({
  topic: 'kubernetes',
  variable: 'variable',
  description: 'One environment variable of a container; its value stays in the collector.',
  schema: z.object({
    name: z.string(),
    container: z.string(),
    workload,
    from: z.enum(['literal', 'secret', 'config-map', 'field', 'none']),
    looksSecret: z
      .boolean()
      .describe('Whether its name, or the shape of its value, is that of a password, a key or a token'),
    valueKind: z
      .enum(['none', 'placeholder', 'computed', 'encrypted', 'literal'])
      .describe('Of a literal: what kind of value it is'),
    setTwice: z.boolean().describe('Whether the container sets it more than once'),
  }),
})

export const volume = defineFact({
  topic: 'kubernetes',
  variable: 'volume',
  description: 'One volume of a pod template, or a PersistentVolume on a host path.',
  schema: z.object({
    name: z.string(),
    workload,
    workloadKind: z.string(),
    namespace,
    nodeAgent,
    type: z.string().describe('hostPath, emptyDir, secret, configMap, persistentVolumeClaim, ...'),
    hostPath: z.string().optional(),
    sensitive: z.boolean().describe("Whether the host path is the host's own: /, /etc, /proc, /var/run, ..."),
    publicRead: z
      .boolean()
      .describe(
        'Whether it is what every node has and nobody keeps secret, such as certificates of authorities, and is only read',
      ),
    runtimeSocket: z
      .boolean()
      .describe('Whether the host path is, or holds, the socket of docker, containerd or CRI-O'),
    writable: z.boolean().describe('Whether a container mounts it other than read-only'),
    sizeLimited: z.boolean().describe('Whether an emptyDir has a sizeLimit'),
  }),
})

export const reference = defineFact({
  topic: 'kubernetes',
  variable: 'reference',
  description:
    'One place where a workload or an Ingress names a ConfigMap, Secret, ServiceAccount or PersistentVolumeClaim.',
  schema: z.object({
    kind: z.enum(['ConfigMap', 'Secret', 'ServiceAccount', 'PersistentVolumeClaim']),
    name: z.string(),
    key: z.string().optional(),
    by: z.string().describe('The object that names it, as Kind/name'),
    optional: z.boolean(),
    computed: z
      .boolean()
      .describe('Whether a variable stands in the name, or a manifest that may have it could not be read'),
    wellKnown: z.boolean().describe('Whether every cluster has it: kube-root-ca.crt, the default account'),
    present: z.boolean().describe('Whether the repository has it, or something that makes it'),
    keyPresent: z.boolean().describe('Whether it has the key; true where its keys cannot be known'),
    kindKept: z.boolean().describe('Whether the repository keeps objects of that kind at all'),
  }),
})
