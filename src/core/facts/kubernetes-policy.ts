import * as z from 'zod'
import { defineFact } from './define.ts'

const namespace = z.string().optional()

export const autoscaler = defineFact({
  topic: 'kubernetes',
  variable: 'autoscaler',
  description: 'One HorizontalPodAutoscaler.',
  schema: z.object({
    name: z.string(),
    namespace,
    target: z.string().describe('Kind/name of what it scales; empty where none is written'),
    targetComputed: z
      .boolean()
      .describe('Whether a variable stands in its name, or a manifest that may have it could not be read'),
    targetKept: z.boolean().describe('Whether the repository has the target, or cannot be expected to: a custom kind'),
    workloadsKept: z.boolean(),
    minReplicas: z.number().optional().describe('As written'),
    effectiveMinReplicas: z.number().describe('1 where it is not written'),
    maxReplicas: z.number().optional(),
    metrics: z.number().describe('How many metrics it has; 0 means 80 % of the CPU request'),
    brokenMetrics: z.array(z.string()).describe('Metrics that lack a part that the API asks for'),
    metricsWithoutRequests: z
      .array(z.string())
      .describe('cpu or memory, where it scales on the share of a request that a container lacks'),
    targetReplicas: z.number().optional().describe('replicas written in the target, which every apply sets back'),
  }),
})

export const disruptionBudget = defineFact({
  topic: 'kubernetes',
  variable: 'budget',
  description: 'One PodDisruptionBudget.',
  schema: z.object({
    name: z.string(),
    namespace,
    selector: z.string(),
    selectorComputed: z
      .boolean()
      .describe(
        'Whether a variable stands in it, an operator makes the pods, or a manifest that may have them could not be read',
      ),
    selects: z.array(z.string()).describe('The workloads whose pods it selects'),
    workloadsKept: z.boolean(),
    minAvailable: z.string().optional().describe('As written: a number or a percentage'),
    maxUnavailable: z.string().optional(),
    never: z
      .boolean()
      .describe('Whether it allows no disruption whatever the number of pods: maxUnavailable 0, minAvailable 100%'),
    replicas: z.number().optional().describe('The least that run of what it selects; absent where it is not known'),
    needed: z.number().optional().describe('minAvailable in pods; absent where it is not written or not known'),
    autoscaled: z.boolean().describe('Whether replicas is the lower bound of an autoscaler'),
  }),
})

export const secret = defineFact({
  topic: 'kubernetes',
  variable: 'secret',
  description: 'One Secret.',
  schema: z.object({
    name: z.string(),
    namespace,
    type: z.string(),
    used: z.boolean().describe('Whether something in the repository names it, or its type or labels say who reads it'),
    workloadsKept: z.boolean(),
  }),
})

export const secretEntry = defineFact({
  topic: 'kubernetes',
  variable: 'entry',
  description:
    'One entry of a Secret, or one entry of a ConfigMap that looks like a secret. Its value stays in the collector.',
  schema: z.object({
    kind: z.enum(['Secret', 'ConfigMap']),
    name: z.string().describe('Of the object'),
    key: z.string(),
    sensitive: z
      .boolean()
      .describe('False for what is no secret wherever it stands: a host, a port, a user name, a certificate'),
    valueKind: z.enum(['none', 'placeholder', 'computed', 'encrypted', 'literal']),
    looksLike: z.string().describe('password, private key, ...: what its key or its shape says'),
    validBase64: z.boolean().describe('False where `data` is not base64, which the API refuses'),
  }),
})

export const serviceAccount = defineFact({
  topic: 'kubernetes',
  variable: 'account',
  description: 'One ServiceAccount.',
  schema: z.object({
    name: z.string(),
    namespace,
    bound: z.boolean().describe('Whether a RoleBinding of the repository grants it a role'),
    givesToken: z.boolean().describe('Whether it says automountServiceAccountToken: true in so many words'),
    takers: z.array(z.string()).describe('The workloads that leave the token to it; empty where it does not give it'),
  }),
})

export const role = defineFact({
  topic: 'kubernetes',
  variable: 'role',
  description: 'One Role or ClusterRole.',
  schema: z.object({
    kind: z.string(),
    name: z.string(),
    wildcardVerbs: z.boolean(),
    wildcardResources: z.boolean(),
    wildcardAll: z.boolean().describe('Whether one rule allows every verb on every resource'),
    readsSecrets: z.boolean().describe('Whether it may read all Secrets, not only named ones'),
    execsIntoPods: z.boolean().describe('Whether it may exec into or attach to pods'),
    escalates: z.boolean().describe('Whether it has the verbs escalate, bind or impersonate'),
  }),
})

export const roleBinding = defineFact({
  topic: 'kubernetes',
  variable: 'binding',
  description: 'One RoleBinding or ClusterRoleBinding.',
  schema: z.object({
    kind: z.string(),
    name: z.string(),
    role: z.string(),
    clusterAdmin: z.boolean(),
    subjects: z.array(z.string()).describe('As Kind/name'),
    anonymous: z.boolean().describe('Whether it is for everybody, logged in or not'),
    defaultAccount: z.boolean().describe('Whether it is for the default account of a namespace'),
  }),
})
