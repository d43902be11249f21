import { environmentsOf } from '../judge-job.ts'
import { lookForEvidence } from '../evidence.ts'
import { keptVerdicts } from '../judge-commit.ts'
import { asChange } from '../standing.ts'
import type { Verdict } from '../verdict.ts'
import type { GateWorld } from '../world.ts'
import type { PullRequest } from '../../ports/pull-requests.ts'
import type { RepositoryRef } from '../../ports/repository-ref.ts'
import { headline } from '../../render/check-run.ts'
import { markdownCode, markdownPlain } from '../../render/markdown-text.ts'

/** What stands of one environment; no verdict where it is not judged, or not since something changed. */
export interface Stands {
  environment: string
  verdict: Verdict | undefined
}

/** The verdicts that stand on a pull request's newest commit. Whoever may read may ask, and so nothing is judged for it. */
export const verdictsOn = async (world: GateWorld, ref: RepositoryRef, pull: PullRequest): Promise<Stands[]> => {
  const standing = await asChange(world, ref, pull.head.sha, pull.base.branch)
  const evidence = await lookForEvidence(world, ref, pull.head.sha, standing.law)
  const environments = environmentsOf(standing)
  const kept = await keptVerdicts(world, standing, evidence, environments)
  return environments.map((environment, index) => ({ environment, verdict: kept[index] }))
}

const said = ({ verdict }: Stands): string =>
  verdict === undefined
    ? 'not judged yet, or not since something changed; `/prodgate recheck` has it judged'
    : markdownPlain(headline(verdict.report))

/** One line for each environment. */
export const statusText = ({ head }: PullRequest, standings: readonly Stands[]): string =>
  [
    `On ${markdownCode(head.sha.slice(0, 12))}:`,
    '',
    ...standings.map((one) => `- ${markdownCode(one.environment)}: ${said(one)}`),
  ].join('\n')
