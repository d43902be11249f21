import type { Rule } from '../core/rule.ts'
import type { Clock } from '../ports/clock.ts'
import type { AppForge } from '../ports/forge.ts'
import type { Judge } from '../ports/judge.ts'
import type { Log } from '../ports/log.ts'
import type { Metrics } from '../ports/metrics.ts'
import type { Queue } from '../ports/queue.ts'
import type { Store } from '../ports/store.ts'

/** Everything that the App's use cases reach of the outside. */
export interface GateWorld {
  app: AppForge
  store: Store
  queue: Queue
  clock: Clock
  log: Log
  metrics: Metrics
  judge: Judge
  /** The built-in rules. */
  rules: readonly Rule[]
  version: string
  /** Where people see repositories: `https://github.com`. */
  webUrl: string
  /** Changes where the built-in rules, or what reads files for them, change: verdicts that were kept before are not used after. */
  rulesDigest: string
}
