import * as z from 'zod'
import { evidenceKinds, type EvidenceKind } from './evidence-kinds.ts'
import { ParameterValue } from './parameter-value.ts'
import { Severity } from './severity.ts'

const text = z.string().trim().min(1)
const globs = z.array(text).min(1)
const duration = z.string().regex(/^[1-9]\d*(m|h|d)$/, 'minutes, hours or days, such as 30m, 24h or 7d')

const millisecondsIn = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** Milliseconds in a policy's duration; a day has 24 hours here. */
export const durationMs = (length: string): number =>
  Number.parseInt(length, 10) * millisecondsIn[length.at(-1) as keyof typeof millisecondsIn]

/** How a date or an instant is written, as a regular expression's source. */
export const datePattern = '\\d{4}-\\d\\d-\\d\\d(?:T\\d\\d:\\d\\d(?::\\d\\d)?(?:Z|[+-]\\d\\d:\\d\\d))?'

const wholeDate = new RegExp(`^${datePattern}$`)

/** Whether a text is a date or an instant that the calendar has. */
export const isDate = (value: string): boolean => {
  if (!wholeDate.test(value) || Number.isNaN(Date.parse(value))) return false
  const day = value.slice(0, 10)
  return new Date(day).toISOString().startsWith(day) // 31 February would roll over into March
}

const date = z
  .string()
  .refine(isDate, { error: 'a date, such as 2027-03-31, or an instant, such as 2027-03-31T12:00:00Z' })

const timeZone = z.string().refine(
  (value) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: value }).format(0) !== ''
    } catch {
      return false
    }
  },
  { error: 'an IANA time zone, such as Europe/London' },
)

const day = '(mon|tue|wed|thu|fri|sat|sun)'

/** When a deployment may start. `days` is a day, a range or a list; `hours` is from-to, the end not included. */
export const Window = z.strictObject({
  days: z.string().regex(new RegExp(`^${day}(-${day})?(,${day}(-${day})?)*$`), 'days such as mon-thu or mon,wed'),
  hours: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'hours such as 09:00-16:00'),
  'time-zone': timeZone.default('UTC'),
})
export type Window = z.infer<typeof Window>

const SignOff = z
  .strictObject({ role: text, teams: z.array(text).default([]), users: z.array(text).default([]) })
  .refine((value) => value.teams.length + value.users.length > 0, { error: 'name the teams or users who may sign off' })

/** One environment. What is left out has production's strictness, so that a forgotten key never loosens the gate. */
export const Environment = z.strictObject({
  names: globs.optional(),
  blocking: Severity.default('high'),
  'minimum-score': z.number().min(0).max(100).default(80),
  'sign-offs': z.array(SignOff).default([]),
  soak: z.strictObject({ environment: text, for: duration }).optional(),
  windows: z.array(Window).default([]),
  deadline: duration.default('24h'),
  mode: z.enum(['enforce', 'observe']).default('enforce'),
})
export type Environment = z.infer<typeof Environment>

type EvidenceGlobKeys = Record<EvidenceKind, z.ZodOptional<typeof globs>>

const workflow = text.regex(
  /^\.github\/workflows\/[^/]+\.ya?ml$/,
  'the path of a workflow, such as .github/workflows/test.yml',
)

const RuleSetting = z.union([
  z.literal(false),
  z.enum(['on', 'off']),
  Severity,
  z.object({ severity: Severity.optional() }).catchall(ParameterValue),
])

export const Waiver = z.strictObject({
  rule: text,
  paths: globs.optional(),
  reason: text,
  owner: text,
  expires: date,
})
export type Waiver = z.infer<typeof Waiver>

/** A policy as its file has it. See docs/policy.md. */
export const PolicyFile = z.strictObject({
  version: z.literal(1),
  extends: z.array(z.enum(['recommended', 'all'])).default(['recommended']),
  environments: z
    .record(
      text,
      z.preprocess((value) => value ?? {}, Environment),
    )
    .optional(),
  services: z.record(text, z.strictObject({ paths: globs, environments: globs })).default({}),
  rules: z.record(text, RuleSetting).default({}),
  evidence: z
    .strictObject({
      ...(Object.fromEntries(evidenceKinds.map((kind) => [kind, globs.optional()])) as EvidenceGlobKeys),
      'max-age': duration.optional(),
      commit: z.enum(['any', 'head', 'known']).default('any'),
      committed: globs.optional(),
      archives: globs.optional(),
      workflows: z.array(workflow).min(1).optional(),
    })
    .prefault({}),
  history: text
    .refine((path) => !path.startsWith('/') && !path.split(/[/\\]/).includes('..'), {
      error: 'a path in the repository, such as .github/prodgate-history.json',
    })
    .optional(),
  ignore: z.array(text).optional(),
  waivers: z.array(Waiver).default([]),
})
export type PolicyFile = z.infer<typeof PolicyFile>
