import { environmentsOf } from '../judge-job.ts'
import { lookForEvidence } from '../evidence.ts'
import { judgeCommit } from '../judge-commit.ts'
import { asChange } from '../standing.ts'
import type { Verdict } from '../verdict.ts'
import type { GateWorld } from '../world.ts'
import type { PullRequest } from '../../ports/pull-requests.ts'
import type { RepositoryRef } from '../../ports/repository-ref.ts'
import { headline } from '../../render/check-run.ts'
import { markdownCode, markdownPlain } from '../../render/markdown-text.ts'

/** A verdict that was kept is there at once; one that has to be found may take this long. Milliseconds. */
const patience = 100_000

/** The verdicts on a pull request's newest commit. */
export const verdictsOn = async (world: GateWorld, ref: RepositoryRef, pull: PullRequest): Promise<Verdict[]> => {
  const standing = await asChange(world, ref, pull.head.sha, pull.base.branch)
  const evidence = await lookForEvidence(world, ref, pull.head.sha, standing.law)
  return await judgeCommit(world, standing, evidence, environmentsOf(standing), AbortSignal.timeout(patience))
}

/** One line for each environment. */
export const statusText = ({ head }: PullRequest, verdicts: readonly Verdict[]): string =>
  [
    `On ${markdownCode(head.sha.slice(0, 12))}:`,
    '',
    ...verdicts.map(({ environment, report }) => `- ${markdownCode(environment)}: ${markdownPlain(headline(report))}`),
  ].join('\n')
