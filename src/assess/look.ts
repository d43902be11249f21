import { compareWith, keptComparison, type Comparison, type Covers } from '../compare.ts'
import { environmentNamed } from '../core/environment-name.ts'
import { lastPassing, type History } from '../core/history.ts'
import { observe, type Observation } from '../observe.ts'
import type { Law } from './law.ts'
import { serviceCover, servicesOf } from './services.ts'

/** What is judged: the repository and its evidence, what it is compared with, and which of its paths are asked about. */
export interface Sight {
  seen: Observation
  /** Where there is a base. */
  comparison: Comparison | undefined
  covers: Covers
  /** The date in UTC, as `2026-11-21`. */
  today: string
}

/** Whether another name means the environment that is asked about: what is kept under it counts for both. */
const alikeTo = ({ asked, policy: { environments } }: Law): ((name: string) => boolean) => {
  const meant = environmentNamed(environments, asked.environment)
  return (name) => meant !== undefined && environmentNamed(environments, name) === meant
}

/** Reads the repository and the evidence as the policy says, and judges the base where there is one. */
export const look = async (law: Law, history: History | undefined): Promise<Sight> => {
  const { asked, policy, environment } = law
  const { workspace, evidenceFiles, base, now, renderer } = asked
  const { sha } = asked.subject
  const maxAge = policy.evidenceMaxAge === undefined ? {} : { maxAge: policy.evidenceMaxAge }
  const rendering = {
    renderer,
    environment: { name: asked.environment, names: environment.names ?? [] },
    repository: asked.subject.repository ?? undefined,
  }
  const seen = await observe({
    workspace,
    evidenceFiles,
    ignore: policy.ignore,
    evidenceGlobs: { ...policy.evidence, ...asked.evidenceGlobs },
    archiveGlobs: policy.evidenceArchives,
    demands: { now, sha, commit: policy.evidenceCommit, committed: policy.evidenceCommitted, ...maxAge },
    history:
      history === undefined ? undefined : { previous: lastPassing(history, asked.environment, sha, alikeTo(law)) },
    services: servicesOf(policy, asked.environment),
    ...(asked.meter === undefined ? {} : { meter: asked.meter }),
    ...rendering,
  })
  const cover = serviceCover(policy, asked.environment)
  const covers = cover === undefined ? {} : { covers: cover }
  const today = now.toISOString().slice(0, 10)
  const kept = asked.comparison === undefined ? undefined : keptComparison(asked.comparison)
  const comparison =
    kept ?? (base === undefined ? undefined : await compareWith(base, policy, today, covers, rendering))
  return { seen, comparison, covers, today }
}
