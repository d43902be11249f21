import type * as z from 'zod'
import { dockerStage } from './docker.ts'
import type { Place } from './place.ts'
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
  'docker.stage': dockerStage,
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
