import type { Answer, Problem } from '../../ports/answer.ts'
import type { PullRequestComment, PullRequestComments } from '../../ports/pull-request-comments.ts'

/** Told apart from the App's comment, which has the marker alone. */
const byAction = '<!-- prodgate-host:action -->'

/** The hidden line by which the comment of an environment (and of a part of the repository) is found again. */
export const markerOf = (environment: string, directory: string): string => {
  const scope = directory === '.' ? '' : `:${encodeURIComponent(directory)}`
  return `<!-- prodgate:${encodeURIComponent(environment)}${scope} -->`
}

/** What a comment of the Action begins with. */
export const headOf = (marker: string): string => `${marker}\n${byAction}`

export type Kept = 'created' | 'edited' | 'unchanged' | 'left-to-app'

const lines = (body: string): string => body.replaceAll('\r\n', '\n').trim()

/** The hidden lines that a comment begins with; the App's has one for each environment. */
const markersOf = (body: string): string[] => {
  const all = lines(body).split('\n', 200)
  const end = all.findIndex((line) => !line.startsWith('<!-- prodgate'))
  return end < 0 ? [] : all.slice(0, end)
}

/** A creation that got no answer may have happened: the conversation is read again before the next attempt. */
const attempts = 3

type Found = { own: PullRequestComment | undefined; app: boolean }

const find = async (
  comments: PullRequestComments,
  marker: string,
  listed: readonly PullRequestComment[],
): Promise<Answer<Found>> => {
  const marked = listed.filter(({ body }) => markersOf(body).includes(marker))
  // Anybody can write the marker. A person's comment is ours only where the token is that person's.
  const people = marked.filter(({ author }) => author?.bot === false)
  const user: Answer<number | undefined> = people.length === 0 ? { ok: true, value: undefined } : await comments.user()
  if (!user.ok) return user
  const ours = ({ author, body }: PullRequestComment): boolean => {
    if (author === null) return false
    if (!author.bot) return author.id === user.value
    return author.login === 'github-actions[bot]' || lines(body).startsWith(`${headOf(marker)}\n`)
  }
  const own = marked.find(ours)
  const app = marked.some((comment) => comment.author?.bot === true && !ours(comment))
  return { ok: true, value: { own, app } }
}

const once = async (comments: PullRequestComments, marker: string, body: string): Promise<Answer<Kept>> => {
  const listed = await comments.list()
  if (!listed.ok) return listed
  const found = await find(comments, marker, listed.value)
  if (!found.ok) return found
  const { own, app } = found.value
  if (app) return { ok: true, value: 'left-to-app' }
  if (own !== undefined && lines(own.body) === lines(body)) return { ok: true, value: 'unchanged' }
  const written = own === undefined ? await comments.create(body) : await comments.edit(own.id, body)
  if (!written.ok) return written
  return { ok: true, value: own === undefined ? 'created' : 'edited' }
}

/**
 * Keeps one comment with the verdict in a pull request: writes it, edits it where the verdict changed, and leaves it alone
 * where it did not, or where the Prodgate App keeps its own.
 * @param body begins with `headOf(marker)`
 */
export const keepComment = async (
  comments: PullRequestComments,
  marker: string,
  body: string,
): Promise<Answer<Kept>> => {
  for (let attempt = 1; ; attempt++) {
    const kept = await once(comments, marker, body)
    if (kept.ok || kept.problem.kind !== 'unreachable' || attempt === attempts) return kept
    // A limit that lasts longer than the job should.
    if (kept.problem.retryAt !== undefined) return kept
  }
}

/** Why there is no comment, for the job's notice. */
export const explainComment = (problem: Problem): string => {
  if (problem.kind === 'forbidden')
    return (
      'No comment: the token may not write one. A pull request from a fork has a read-only token; ' +
      `otherwise give the job the permission pull-requests: write. (${problem.message})`
    )
  return `No comment: ${problem.message}`
}
