import { forbidden, invalid, missing, nothing, type Answered, type Asked, type Route } from '../http/answer.ts'
import { answerGate } from '../scenario/gate.ts'
import type { Gate } from '../state/entities.ts'

interface Given {
  environment_name: string
  state?: 'approved' | 'rejected'
  comment?: string
}

const mostReports = 10
const longestComment = 1024

/** GitHub counts characters, not UTF-16 units. */
const limits = (body: unknown): string[] => {
  const { comment = '' } = (body ?? {}) as Given
  return Array.from(comment).length > longestComment
    ? [`Comment is too long (maximum is ${longestComment} characters)`]
    : []
}

const take = (asked: Asked, gate: Gate, { state, comment = '' }: Given): Answered => {
  const { github, repository } = asked
  if (gate.state !== 'waiting') return invalid('This deployment protection rule has already been reviewed.')
  if (state === undefined) {
    if (gate.reports.length >= mostReports) return invalid(`No more than ${mostReports} status reports are permitted`)
    gate.reports.push(comment)
    return nothing
  }
  answerGate(github, repository, gate, state, comment)
  return nothing
}

const review = (asked: Asked): Answered => {
  const { github, repository, token, path, body } = asked
  const given = body as Given
  const { app } = token
  const run = repository.runs.get(Number(path['run_id']))
  if (run === undefined) return missing
  if (app === undefined) return forbidden
  const gate = repository
    .gatesOf(run.id)
    .findLast((one) => one.app === app && one.environment === given.environment_name)
  const answer =
    gate === undefined ? invalid('No deployment protection rule waits in this environment.') : take(asked, gate, given)
  github.journal.answers.push({
    at: new Date(github.now()).toISOString(),
    repository: repository.fullName,
    run: run.id,
    environment: given.environment_name,
    app: app.slug,
    state: given.state,
    comment: given.comment ?? '',
    status: answer.status,
    answerLost: false,
  })
  return answer
}

/** The answers of apps to deployment protection rules. */
export const gateRoutes: readonly Route[] = [
  {
    route: 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/deployment_protection_rule',
    needs: ['deployments:write'],
    limits,
    handle: review,
  },
]
