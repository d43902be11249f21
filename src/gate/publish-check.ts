import { digestOf } from '../core/fingerprint.ts'
import type { Report } from '../core/report.ts'
import type { CheckAction, CheckRun, CheckState } from '../ports/check-runs.ts'
import type { RepositoryRef } from '../ports/repository-ref.ts'
import { checkText } from '../render/check-run.ts'
import { markdownPlain } from '../render/markdown-text.ts'
import { publishOnce, showAgain } from './publish-once.ts'
import type { Verdict } from './verdict.ts'
import type { GateWorld } from './world.ts'

/** GitHub takes three buttons, with labels of 20, descriptions of 40 and identifiers of 20 characters. */
export const buttons: readonly CheckAction[] = [
  { label: 'Re-evaluate', description: 'Judge this commit again, now', identifier: 'recheck' },
  { label: 'Request waiver', description: 'Write the waiver that would be needed', identifier: 'request-waiver' },
  { label: 'Sign off', description: 'Approve this commit in your role', identifier: 'sign-off' },
]

/** The name under which branch rules know the check of an environment. */
export const checkName = (environment: string): string => `prodgate / ${environment}`

const keyOf = (ref: RepositoryRef, sha: string, environment: string): string => `${ref.id}/${sha}/${environment}`

/** What a verdict means to a branch rule that requires the check. */
export const conclusionOf = ({ decision, reasons }: Report): (CheckState & { status: 'completed' })['conclusion'] => {
  const codes = new Set(reasons.map(({ code }) => code))
  if (codes.has('observe-mode') && decision !== 'go') return 'neutral'
  if (decision === 'no-go') return 'failure'
  if (codes.has('sign-off-missing')) return 'action_required'
  return codes.has('soak-unproven') || codes.has('outside-window') ? 'neutral' : 'success'
}

const publish = async (world: GateWorld, ref: RepositoryRef, run: CheckRun): Promise<void> => {
  const { checks } = world.app.of(ref)
  await publishOnce(world, {
    kind: 'check',
    key: keyOf(ref, run.sha, run.externalId),
    digest: digestOf(JSON.stringify(run)),
    lookFirst: false,
    create: () => checks.create(run),
    edit: (id) => checks.update(id, run),
    find: async () => {
      const found = await checks.find(run.sha, run.name)
      return found.ok ? { ok: true, value: found.value[0]?.id } : found
    },
  })
}

const bare = (sha: string, environment: string): Pick<CheckRun, 'name' | 'sha' | 'externalId'> => ({
  name: checkName(environment),
  sha,
  externalId: environment,
})

/** Shows that a commit is being judged, where nothing is shown yet: a verdict that stands is not taken away. */
export const announceCheck = async (
  world: GateWorld,
  ref: RepositoryRef,
  sha: string,
  environment: string,
): Promise<void> => {
  const kept = await world.store.memory.get('check', keyOf(ref, sha, environment))
  if (typeof kept === 'object' && kept !== null && 'digest' in kept) return
  await publish(world, ref, {
    ...bare(sha, environment),
    state: { status: 'in_progress' },
    output: { title: 'being judged', summary: 'Prodgate reads the files of this commit.', annotations: [] },
    actions: [],
  })
}

/** Shows a verdict. */
export const publishCheck = async (
  world: GateWorld,
  ref: RepositoryRef,
  sha: string,
  { environment, report, notes }: Verdict,
  blobUrl?: string,
): Promise<void> =>
  await publish(world, ref, {
    ...bare(sha, environment),
    state: { status: 'completed', conclusion: conclusionOf(report) },
    output: checkText(report, { notes, ...(blobUrl === undefined ? {} : { blobUrl }) }),
    actions: buttons,
  })

/** Shows that there is no verdict, and why: the check must complete, and never as a success. */
export const publishFailure = async (
  world: GateWorld,
  ref: RepositoryRef,
  sha: string,
  environment: string,
  reason: string,
): Promise<void> =>
  await publish(world, ref, {
    ...bare(sha, environment),
    state: { status: 'completed', conclusion: 'failure' },
    output: {
      title: 'could not be judged',
      summary: `There is no verdict: ${markdownPlain(reason.slice(0, 2000))}. Without one nothing is approved.`,
      annotations: [],
    },
    actions: buttons.filter(({ identifier }) => identifier === 'recheck'),
  })

/** Has a check run be completed again, as GitHub waits for when somebody asks it to run again. */
export const reopenCheck = (world: GateWorld, ref: RepositoryRef, sha: string, environment: string): Promise<void> =>
  showAgain(world, 'check', keyOf(ref, sha, environment))
