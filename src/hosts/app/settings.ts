import * as z from 'zod'
import { InputError } from '../../core/errors.ts'

const whole = (fallback: number, max: number) => z.coerce.number().int().min(0).max(max).default(fallback)

/** The App's own variables. Probot reads its own by itself: APP_ID, PRIVATE_KEY, WEBHOOK_SECRET, PORT, HOST, GHE_HOST, LOG_LEVEL. */
const Environment = z.object({
  /** `postgres://…`; without it the embedded database in `PRODGATE_DATA`. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'a URL that begins with postgres://')
    .optional(),
  PRODGATE_DATA: z.string().min(1).default('./prodgate-data'),
  /** What this process does: receive and answer probes, work on jobs, or both. */
  PRODGATE_ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  /** Threads that judge; each takes up to 1 GB. */
  PRODGATE_JUDGES: whole(2, 64).pipe(z.number().min(1)),
  /** The longest that judging one commit may take. Seconds. */
  PRODGATE_JUDGE_SECONDS: whole(120, 900).pipe(z.number().min(5)),
  /** How long a stopping process waits for its jobs. Seconds. */
  PRODGATE_STOP_SECONDS: whole(25, 600),
  WEBHOOK_SECRET: z.string().min(1).optional(),
})

export interface Settings {
  databaseUrl: string | undefined
  dataFolder: string
  role: 'all' | 'web' | 'worker'
  judges: number
  judgeMilliseconds: number
  stopMilliseconds: number
}

/** An empty variable is one that is not set, as compose files and charts write it. */
const set = (env: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => (entry[1] ?? '') !== ''))

/**
 * Reads the App's settings.
 * @throws InputError that names the variable and what it takes
 */
export const readSettings = (env: Readonly<Record<string, string | undefined>>): Settings => {
  const parsed = Environment.safeParse(set(env))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new InputError({
      code: 'settings',
      message: `the variable ${issue?.path.join('.') ?? ''} is not usable: ${issue?.message ?? ''}`,
    })
  }
  const { data } = parsed
  // Whoever forgets the secret would take anybody's deliveries: Probot's own default is a word that everybody knows.
  if (data.PRODGATE_ROLE !== 'worker' && data.WEBHOOK_SECRET === undefined && env['APP_ID'] !== undefined)
    throw new InputError({ code: 'settings', message: 'the variable WEBHOOK_SECRET is not set' })
  if (data.DATABASE_URL === undefined && data.PRODGATE_ROLE !== 'all')
    throw new InputError({
      code: 'settings',
      message: `PRODGATE_ROLE=${data.PRODGATE_ROLE} needs DATABASE_URL: the embedded database serves one process alone`,
    })
  return {
    databaseUrl: data.DATABASE_URL,
    dataFolder: data.PRODGATE_DATA,
    role: data.PRODGATE_ROLE,
    judges: data.PRODGATE_JUDGES,
    judgeMilliseconds: data.PRODGATE_JUDGE_SECONDS * 1000,
    stopMilliseconds: data.PRODGATE_STOP_SECONDS * 1000,
  }
}
