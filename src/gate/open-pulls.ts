import type { Jobs } from '../ports/queue.ts'
import type { RepositoryRef } from '../ports/repository-ref.ts'
import { askJudge } from './ask-judge.ts'
import { ForgeProblem, isPassing } from './forge-problem.ts'
import { rememberPull } from './known-commits.ts'
import { lawAt } from './law.ts'
import type { GateWorld } from './world.ts'

/** A push to a branch, and what it was before: nothing but zeros where it is new. */
export interface Change {
  branch: string
  before: string
  after: string
}

/**
 * So many pull requests are judged again, those that changed last, and so many milliseconds lie between two of them. GitHub
 * takes 80 writes a minute and 500 an hour, and answers to deployments are among them. At installation each pull request gets
 * all that it has not yet, and nobody waits for it.
 */
const pace = { law: { most: 50, between: 10_000 }, installed: { most: 10, between: 30_000 } } as const

/** The judge of a branch's newest commit reads its law, and keeps it, well before this is over. Milliseconds. */
const judgeFirst = 5000

/** The repositories of one installation come one after the other, this many milliseconds apart; those after so many do not. */
const betweenRepositories = pace.installed.most * pace.installed.between
const mostRepositories = 200

/** Has the open pull requests to a branch looked at, where its law changed. */
export const askPulls = (
  world: GateWorld,
  { id, installation, owner, name }: RepositoryRef,
  change: Change,
): Promise<void> =>
  world.queue.send(
    'pulls',
    { repository: id, installation, owner, name, change },
    // Another push is another change: one that leaves the law alone must not stand for one that does not.
    {
      key: `${id}/${change.branch}/${change.before}/${change.after}`,
      startAfter: new Date(world.clock.now().getTime() + judgeFirst),
    },
  )

/** Has the open pull requests of repositories judged that the App sees from now on. */
export const askPullsOf = async (world: GateWorld, repositories: readonly RepositoryRef[]): Promise<void> => {
  const now = world.clock.now().getTime()
  for (const [index, { id, installation, owner, name }] of repositories.slice(0, mostRepositories).entries())
    // oxlint-disable-next-line no-await-in-loop -- one insert each
    await world.queue.send(
      'pulls',
      { repository: id, installation, owner, name },
      { key: `${id}/installed`, ...(index === 0 ? {} : { startAfter: new Date(now + index * betweenRepositories) }) },
    )
  if (repositories.length > mostRepositories)
    world.log.warn(
      { repositories: repositories.length, looked: mostRepositories },
      'pull requests of some repositories are not judged until something happens to them',
    )
}

/** Whether a push changed what a branch's pull requests are judged by: policy, custom rules or history. */
const changesLaw = async (world: GateWorld, ref: RepositoryRef, change: Change): Promise<boolean> => {
  const { branch, before, after } = change
  if (/^0+$/.test(before)) return true
  const was = await lawAt(world, ref, branch, before)
  const is = await lawAt(world, ref, branch, after)
  return was.digest !== is.digest || JSON.stringify(was.history) !== JSON.stringify(is.history)
}

/**
 * Has the open pull requests of a repository judged again, the newest first and one after the other: those to a branch whose
 * law a push changed, or all of them where the App is new.
 * @throws ForgeProblem where the forge does not answer now and may later
 */
export const pullsJob = async (world: GateWorld, job: Jobs['pulls']): Promise<void> => {
  const { repository: id, installation, owner, name, change } = job
  const ref: RepositoryRef = { id, installation, owner, name }
  if (change !== undefined && !(await changesLaw(world, ref, change))) return
  const { most, between } = pace[change === undefined ? 'installed' : 'law']
  const listed = await world.app.of(ref).pullRequests.newest(most, change?.branch)
  if (!listed.ok) {
    if (isPassing(listed.problem)) throw new ForgeProblem(listed.problem, 'the open pull requests')
    world.log.warn({ repository: id, problem: listed.problem }, 'the open pull requests cannot be judged again')
    return
  }
  const now = world.clock.now().getTime()
  for (const [index, { number, head, base, open, updatedAt }] of listed.value.pulls.entries()) {
    // oxlint-disable-next-line no-await-in-loop -- few, and one insert each
    await rememberPull(world, ref, number, { head: head.sha, base: base.branch, open, at: updatedAt }, false)
    // oxlint-disable-next-line no-await-in-loop -- as above
    await askJudge(world, ref, head.sha, 'law', new Date(now + index * between))
  }
  const { more } = listed.value
  world.log.info(
    { repository: id, branch: change?.branch, pulls: listed.value.pulls.length, more },
    'open pull requests are judged again',
  )
}
