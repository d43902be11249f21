import type { Fact } from '../../../core/facts/index.ts'
import { defined } from '../../shape.ts'
import { firstLine, type Parsed } from '../format.ts'
import { asMethod, pathOf } from '../load/access.ts'
import { refuse } from '../load/reading.ts'

/** One smoke test as a file tells it. */
export interface SmokeResult {
  name: string
  url?: string | undefined
  method?: string | undefined
  status?: number | undefined
  outcome: 'passed' | 'failed' | 'skipped'
  milliseconds?: number | undefined
  message?: string | undefined
  line: number
}

/** Smoke tests are few by their nature: more are not listed one by one, and the file is refused. */
export const maxChecks = 5000

// Whole words in a path or a name; `/v1/` and the like are an interface's paths.
const areas: readonly (readonly [string, RegExp])[] = [
  [
    'health',
    /(?:^|[^a-z])(?:health|healthy|healthz|healthcheck|ready|readyz|readiness|live|livez|liveness|ping|alive|is up|heartbeat|actuator)(?![a-z])/,
  ],
  ['api', /(?:^|[^a-z])(?:api|apis|graphql|grpc|rpc)(?![a-z])|\/(?:v\d+|rest)(?:\/|$)/],
  [
    'auth',
    /(?:^|[^a-z])(?:auth|authn|authz|authentication|authenticated|authorization|authorisation|login|logs? in|logout|sign-?in|signs? in|sign-?up|token|tokens|oauth2?|oidc|jwt|sessions?|unauthorized|unauthorised|unauthenticated|forbidden|401|403)(?![a-z])/,
  ],
]

/** What a smoke test covers, by the words of its name and its path. */
export const areasOf = (name: string, path = ''): string[] => {
  const words = `${name.replace(/([a-z])([A-Z])/g, '$1 $2')} ${path}`.slice(0, 600).toLowerCase()
  return areas.filter(([, words_]) => words_.test(words)).map(([area]) => area)
}

const isMeasure = (value: number | undefined): boolean => value === undefined || (Number.isFinite(value) && value >= 0)

/** The facts of a file of smoke tests, or why it is not taken. One without a test proves nothing, and is refused. */
export const smokeEvidence = (path: string, results: readonly SmokeResult[], createdAt?: string): Parsed => {
  if (results.length === 0) return refuse('empty', 'has no smoke test in it')
  if (results.length > maxChecks) return refuse('too-many', `has more than ${maxChecks} smoke tests`)
  const wrong = results.find(({ milliseconds, status }) => !isMeasure(milliseconds) || !isMeasure(status))
  if (wrong !== undefined)
    return refuse('number', 'has a status or a duration that is no number', { line: wrong.line, column: 1 })
  const facts = results.map((result): Fact => {
    const { outcome, line, milliseconds } = result
    const asked = result.url === undefined ? undefined : firstLine(pathOf(result.url))
    const name = firstLine(result.name) ?? '(no name)'
    return {
      kind: 'smoke.check',
      subject: `smoke test ${name}`,
      place: { path, line, column: 1 },
      value: {
        name,
        outcome,
        ok: outcome === 'passed',
        areas: areasOf(name, asked),
        ...defined({
          path: asked,
          method: asMethod(result.method),
          status: result.status,
          milliseconds: milliseconds === undefined ? undefined : Number(milliseconds.toFixed(3)),
          message: firstLine(result.message ?? ''),
        }),
      },
    }
  })
  return { facts, answers: ['smoke.check'], ...(createdAt === undefined ? {} : { createdAt }) }
}
