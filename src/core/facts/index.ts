import type * as z from 'zod'
import { dockerStage } from './docker.ts'
import * as kubernetes from './kubernetes.ts'
import * as kubernetesNetwork from './kubernetes-network.ts'
import * as kubernetesPolicy from './kubernetes-policy.ts'
import type { Place } from './place.ts'
import { repository, unjudgedFile } from './repository.ts'

/** Every kind of fact that a rule can be about. A new kind is declared in its topic's file and named here. */
export const factKinds = {
  repository,
  'repository.unjudged-file': unjudgedFile,
  'docker.stage': dockerStage,
  'kubernetes.object': kubernetes.object,
  'kubernetes.workload': kubernetes.workloadFact,
  'kubernetes.container': kubernetes.container,
  'kubernetes.environment-variable': kubernetes.environmentVariable,
  'kubernetes.volume': kubernetes.volume,
  'kubernetes.reference': kubernetes.reference,
  'kubernetes.service': kubernetesNetwork.service,
  'kubernetes.ingress': kubernetesNetwork.ingress,
  'kubernetes.ingress-backend': kubernetesNetwork.ingressBackend,
  'kubernetes.ingress-annotation': kubernetesNetwork.ingressAnnotation,
  'kubernetes.network-policy': kubernetesNetwork.networkPolicy,
  'kubernetes.network-policy-peer': kubernetesNetwork.networkPolicyPeer,
  'kubernetes.autoscaler': kubernetesPolicy.autoscaler,
  'kubernetes.disruption-budget': kubernetesPolicy.disruptionBudget,
  'kubernetes.secret': kubernetesPolicy.secret,
  'kubernetes.secret-entry': kubernetesPolicy.secretEntry,
  'kubernetes.role': kubernetesPolicy.role,
  'kubernetes.role-binding': kubernetesPolicy.roleBinding,
} as const

export type FactKind = keyof typeof factKinds
export type FactValue<K extends FactKind> = z.infer<(typeof factKinds)[K]['schema']>

/** One typed thing that was read from the repository or the evidence. */
export interface Fact<K extends FactKind = FactKind> {
  kind: K
  /** Its name in its own system's words: `Deployment/shop/api container web`, `service api`, `stage build`. */
  subject: string
  place: Place
  /** Finer places inside the fact, for rules that say `at: image`. */
  places?: Record<string, Place>
  value: FactValue<K>
}

export const isFactKind = (kind: string): kind is FactKind => Object.hasOwn(factKinds, kind)
