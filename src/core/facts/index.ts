import type * as z from 'zod'
import { dockerStage } from './docker.ts'
import type { Place } from './place.ts'
import { repository, unjudgedFile } from './repository.ts'
import { testsFailure, testsFlaky, testsRun, testsSuite, testsTotal } from './tests.ts'
import { foundSecret, license, misconfiguration, scan, vulnerability } from './vulnerabilities.ts'

/** Every kind of fact that a rule can be about. A new kind is declared in its topic's file and named here. */
export const factKinds = {
  repository,
  'repository.unjudged-file': unjudgedFile,
  'docker.stage': dockerStage,
  'tests.total': testsTotal,
  'tests.run': testsRun,
  'tests.suite': testsSuite,
  'tests.failure': testsFailure,
  'tests.flaky': testsFlaky,
  'vulnerabilities.scan': scan,
  'vulnerabilities.vulnerability': vulnerability,
  'vulnerabilities.misconfiguration': misconfiguration,
  'vulnerabilities.secret': foundSecret,
  'vulnerabilities.license': license,
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
