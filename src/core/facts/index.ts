import type * as z from 'zod'
import { dockerStage } from './docker.ts'
import * as documents from './documents.ts'
import type { Place } from './place.ts'
import { ignoreList, packageManifest, repository, strayFile, unjudgedFile } from './repository.ts'
import * as secrets from './secrets.ts'

/** Every kind of fact that a rule can be about. A new kind is declared in its topic's file and named here. */
export const factKinds = {
  repository,
  'repository.unjudged-file': unjudgedFile,
  'repository.ignore-list': ignoreList,
  'repository.stray-file': strayFile,
  'repository.manifest': packageManifest,
  'secrets.credential': secrets.credential,
  'secrets.host-key-check': secrets.hostKeyCheck,
  'secrets.environment-file': secrets.environmentFile,
  'secrets.stored': secrets.storedSecret,
  'secrets.identity-export': secrets.identityExport,
  'documents.report': documents.readinessReport,
  'documents.score': documents.categoryScore,
  'documents.fraction': documents.fraction,
  'documents.placeholder': documents.placeholder,
  'documents.reference': documents.reference,
  'documents.printed-credential': documents.printedCredential,
  'documents.unmeasured': documents.unmeasured,
  'docker.stage': dockerStage,
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
