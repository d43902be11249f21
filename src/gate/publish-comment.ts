import { digestOf } from '../core/fingerprint.ts'
import { environmentKey } from '../core/policy-outline.ts'
import type { PullRequestComment } from '../ports/pull-request-comments.ts'
import { pullRequestComment, type CommentPart } from '../render/pull-request-comment.ts'
import { publishOnce } from './publish-once.ts'
import type { Standing } from './standing.ts'
import type { Verdict } from './verdict.ts'
import type { GateWorld } from './world.ts'

/** The hidden line of an environment, as the Action writes it too; the Action leaves a comment with it to the App. */
export const markerOf = (environment: string): string => `<!-- prodgate:${encodeURIComponent(environment)} -->`

const anyMarker = /^<!-- prodgate:[^\s<>]{1,500} -->(\r?\n|$)/
const byAction = '<!-- prodgate-host:action -->'

/** Whether a comment is the App's: a bot's, with the App's marker, and without the line that the Action adds. */
const isOurs = ({ author, body }: PullRequestComment): boolean =>
  author?.bot === true &&
  author.login !== 'github-actions[bot]' &&
  anyMarker.test(body) &&
  !body.slice(0, 2000).includes(byAction)

const unblockers = ({ law }: Standing, { environment, report }: Verdict): string[] => {
  const key = law.outline === undefined ? undefined : environmentKey(law.outline, environment)
  const roles = key === undefined ? [] : (law.outline?.environments[key]?.['sign-offs'] ?? [])
  const codes = new Set(report.reasons.map(({ code }) => code))
  const people = roles.map(
    ({ role, users, teams }) => `${role}: ${[...users, ...teams].join(', ')} (button “Sign off”)`,
  )
  const owners = report.results.flatMap(({ findings, waived }) => [
    ...findings.flatMap((finding) => (finding.waived === undefined ? [] : [finding.waived.owner])),
    ...(waived === undefined ? [] : [waived.owner]),
  ])
  return [
    ...(codes.has('sign-off-missing') ? people : []),
    ...(report.decision === 'no-go'
      ? ['whoever repairs the blockers, or owns a waiver of them in the policy (button “Request waiver”)']
      : []),
    ...(owners.length === 0 ? [] : [`owners of waivers: ${[...new Set(owners)].slice(0, 10).join(', ')}`]),
  ]
}

/** Keeps one comment with all verdicts in a pull request, edited in place and only where they changed. */
export const publishComment = async (
  world: GateWorld,
  standing: Standing,
  number: number,
  verdicts: readonly Verdict[],
  blobUrl?: string,
): Promise<void> => {
  const { ref } = standing
  const comments = world.app.of(ref).comments(number)
  const parts = verdicts.map((verdict): CommentPart => ({
    report: verdict.report,
    unblock: unblockers(standing, verdict),
  }))
  const origin = standing.law.origin === '' ? [] : [standing.law.origin]
  const body = pullRequestComment(parts, {
    marker: verdicts.map(({ environment }) => markerOf(environment)).join('\n'),
    notes: [...new Set([...verdicts.flatMap(({ notes }) => notes), ...origin])],
    ...(blobUrl === undefined ? {} : { blobUrl }),
  })
  await publishOnce(world, {
    kind: 'comment',
    key: `${ref.id}/${number}`,
    digest: digestOf(body),
    lookFirst: true,
    create: () => comments.create(body),
    edit: (id) => comments.edit(id, body),
    find: async () => {
      const listed = await comments.list()
      return listed.ok ? { ok: true, value: listed.value.find(isOurs)?.id } : listed
    },
  })
}
