import type { GitHub } from './github.ts'
import { created, failure, ok, type Answered } from './http/answer.ts'
import type { Fault } from './http/faults.ts'
import type { Changes } from './git/store.ts'
import type { NewDeployment, NewPullRequest, NewRun } from './scenario/repository.ts'
import type { DeliveryFault } from './webhooks/deliveries.ts'

interface About {
  repository: string
}
type Handler = (github: GitHub, body: never) => unknown

const gateCounts = (github: GitHub): Record<string, number> => {
  const counts: Record<string, number> = { waiting: 0, approved: 0, rejected: 0 }
  for (const { gates } of github.repositories.values())
    for (const { state } of gates) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

const deliveryCounts = (github: GitHub): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { statusCode } of github.deliveries.log) counts[statusCode] = (counts[statusCode] ?? 0) + 1
  return counts
}

const gatesOf = (github: GitHub) =>
  [...github.repositories.values()].flatMap(({ gates, fullName }) =>
    gates.map(({ run, environment, state, comment, reports, openedAt, answeredAt }) => ({
      repository: fullName,
      run: run.id,
      sha: run.sha,
      environment,
      state,
      comment,
      reports: reports.length,
      openedAt,
      answeredAt,
    })),
  )

const handlers: Record<string, Handler> = {
  'GET state': (github) => ({
    requests: github.journal.counts,
    gates: gateCounts(github),
    deliveries: deliveryCounts(github),
    faults: github.faults.struck,
    violations: github.violations,
  }),
  'GET answers': (github) => github.journal.answers,
  'GET gates': gatesOf,
  'GET deliveries': (github) =>
    github.deliveries.log.map(({ id, guid, event, action, duration, statusCode, status, redelivery, deliveredAt }) => ({
      id,
      guid,
      event,
      action,
      duration,
      statusCode,
      status,
      redelivery,
      deliveredAt,
    })),
  'POST settled': async (github) => {
    await github.settled()
    return {}
  },
  'POST clear': (github) => {
    github.journal.clear()
    github.violations.length = 0
    github.deliveries.log.length = 0
    return {}
  },
  'POST webhook-url': (github, { url }: { url: string }) => {
    for (const app of github.apps.values()) app.webhookUrl = url
    return {}
  },
  'POST faults': (github, { faults, seed, clear }: { faults?: Fault[]; seed?: number; clear?: boolean }) => {
    if (clear === true) github.faults.clear()
    if (seed !== undefined) github.faults.seed(seed)
    for (const fault of faults ?? []) github.faults.add(fault)
    return {}
  },
  'POST delivery-faults': (github, { faults }: { faults: DeliveryFault[] }) => {
    github.deliveries.faults.push(...faults)
    return {}
  },
  'POST repository': (github, { repository, files }: About & { files?: Changes }) => {
    const made = github.repository(repository)
    return { sha: files === undefined ? made.head : made.commit(files, { silent: true }) }
  },
  'POST commit': (github, { repository, files, ...given }: About & { files: Changes; branch?: string }) => ({
    sha: github.repository(repository).commit(files, given),
  }),
  'POST pull-request': (github, { repository, ...given }: About & NewPullRequest) => {
    const pull = github.repository(repository).pullRequest(given)
    return { number: pull.number, sha: pull.sha }
  },
  'POST push': (github, { repository, number, files }: About & { number: number; files: Changes }) => ({
    sha: github.repository(repository).pull(number).push(files),
  }),
  'POST comment': (
    github,
    { repository, number, user, text }: About & { number: number; user: string; text: string },
  ) => ({
    id: github.repository(repository).comment(number, user, text).id,
  }),
  'POST role': (github, { repository, user, role }: About & { user: string; role: 'admin' }) => {
    github.repository(repository).role(user, role)
    return {}
  },
  'POST run': (github, { repository, ...given }: About & NewRun) => ({
    run: github.repository(repository).run(given).id,
  }),
  'POST deploy': (github, { repository, ...given }: About & NewDeployment) => {
    const { run } = github.repository(repository).deploy(given)
    return { run: run.id, sha: run.sha }
  },
  'POST ask-again': (github, { repository, run }: About & { run: number }) => {
    github.repository(repository).deployment(run).askAgain()
    return {}
  },
  'POST checks': (github, { repository, sha }: About & { sha: string }) =>
    [...github.repository(repository).checks(sha).values()].map(
      ({ id, name, status, conclusion, output, actions }) => ({
        id,
        name,
        status,
        conclusion,
        output,
        actions,
      }),
    ),
  'POST comments': (github, { repository, number }: About & { number: number }) =>
    github
      .repository(repository)
      .pull(number)
      .comments.map(({ id, body, author, reactions }) => ({ id, body, author, reactions })),
}

const prefix = '/_simulator/'

/** What scripts in other processes ask: to make something happen, or what has happened. */
export const control = async (github: GitHub, method: string, url: URL, body: unknown): Promise<Answered> => {
  const handler = handlers[`${method} ${url.pathname.slice(prefix.length)}`]
  if (handler === undefined) return failure(404, `no ${method} ${url.pathname}`)
  try {
    const answer = await handler(github, (body ?? {}) as never)
    return method === 'GET' ? ok(answer) : created(answer)
  } catch (error) {
    return failure(400, error instanceof Error ? error.message : String(error))
  }
}
