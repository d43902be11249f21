import type * as z from 'zod'
import {
  dockerBase,
  dockerCommand,
  dockerContext,
  dockerCopy,
  dockerHealthcheck,
  dockerIgnoreFile,
  dockerPort,
  dockerRun,
  dockerStage,
  dockerStart,
  dockerVariable,
  dockerWorkdir,
} from './docker.ts'
import { composeCredential, composeFile, composeMount, composePort, composeService, composeSetting } from './compose.ts'
import { dockerStage } from './docker.ts'
import * as kubernetes from './kubernetes.ts'
import * as kubernetesNetwork from './kubernetes-network.ts'
import * as kubernetesPolicy from './kubernetes-policy.ts'
import type { Place } from './place.ts'
import { brokenIgnore, repository, unjudgedFile } from './repository.ts'
import { repository, unjudgedFile } from './repository.ts'
import {
  npmPackage,
  pipeline,
  workflow,
  workflowAction,
  workflowCall,
  workflowCheck,
  workflowCheckout,
  workflowCommand,
  workflowCondition,
  workflowExpression,
  workflowImage,
  workflowImageBuild,
  workflowJob,
  workflowNotification,
  workflowSarif,
  workflowScan,
} from './workflows.ts'

/** Every kind of fact that a rule can be about. A new kind is declared in its topic's file and named here. */
export const factKinds = {
  repository,
  'repository.unjudged-file': unjudgedFile,
  'repository.broken-ignore': brokenIgnore,
  'docker.stage': dockerStage,
  'docker.base': dockerBase,
  'docker.variable': dockerVariable,
  'docker.copy': dockerCopy,
  'docker.run': dockerRun,
  'docker.command': dockerCommand,
  'docker.start': dockerStart,
  'docker.healthcheck': dockerHealthcheck,
  'docker.workdir': dockerWorkdir,
  'docker.port': dockerPort,
  'docker.ignore-file': dockerIgnoreFile,
  'docker.context': dockerContext,
  'compose.file': composeFile,
  'compose.service': composeService,
  'compose.port': composePort,
  'compose.mount': composeMount,
  'compose.credential': composeCredential,
  'compose.setting': composeSetting,
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
  'workflows.job': workflowJob,
  'workflows.action': workflowAction,
  'workflows.expression': workflowExpression,
  'workflows.checkout': workflowCheckout,
  'workflows.command': workflowCommand,
  'workflows.scan': workflowScan,
  'workflows.check': workflowCheck,
  'workflows.call': workflowCall,
  'workflows.condition': workflowCondition,
  'workflows.sarif-upload': workflowSarif,
  'workflows.notification': workflowNotification,
  'workflows.image-build': workflowImageBuild,
  'workflows.image': workflowImage,
  'workflows.npm-package': npmPackage,
  'workflows.pipeline': pipeline,
  'workflows.workflow': workflow,
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
