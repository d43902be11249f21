import type { Collected, Sink } from '../collector.ts'
import { worldOf, type Kept } from '../databases/world.ts'
import { lineAt } from './paths.ts'
import type { Reading } from './reading.ts'

const reads = /\bcurrent_setting\(\s{0,9}'([\w.]{1,100})'/gi
const policy = /\bcreate\s{1,9}policy\b/i

/** Settings that PostgREST and the like make of a request's token. */
const madeElsewhere = /^(?:request|pgrst|hasura|role|jwt)\b/

/** Ways to give a setting a value, whatever its name. */
const sets = /\bset_config\b|\bset\s{1,9}(?:local|session)\b/i

/** No schema of a person tells tenants apart by more. */
const maxNames = 20

interface Setting {
  name: string
  path: string
  line: number
}

const settingsOf = ({ path, text }: Kept): Setting[] =>
  [...text.matchAll(reads)].flatMap((match) => {
    const name = match[1] ?? ''
    return name.includes('.') && !madeElsewhere.test(name) ? [{ name, path, line: lineAt(text, match.index) }] : []
  })

/** Whether SQL gives a setting a value: `set_config('app.tenant', …)`, `SET app.tenant = …`, `ALTER ROLE … SET app.tenant`. */
const isSetIn = (text: string, name: string): boolean =>
  new RegExp(
    `\\bset_config\\(\\s*'${name.replaceAll('.', '\\.')}'|\\bset\\s+(?:local\\s+|session\\s+)?"?${name.replaceAll('.', '\\.')}\\b`,
    'i',
  ).test(text)

/**
 * Joins the settings that policies of row level security read with the source that has to set them. Says nothing of a
 * repository without source, and nothing of single settings: an earlier policy may have read another.
 */
export const relateSessionSettings = ({ texts, cut }: Reading, collected: Collected, sink: Sink): void => {
  const { migrations, scripts } = worldOf(collected.tree)
  if (cut || !migrations.some(({ text }) => policy.test(text))) return
  const settings = migrations.flatMap(settingsOf)
  const [first] = settings
  const source = texts.filter(({ language, test }) => language !== undefined && !test)
  if (first === undefined || source.length === 0) return
  const names = [...new Set(settings.map(({ name }) => name))].slice(0, maxNames)
  const sql = [...migrations, ...scripts].map(({ text }) => text)
  const set = names.some(
    (name) => texts.some(({ text, test }) => !test && text.includes(name)) || sql.some((text) => isSetIn(text, name)),
  )
  const computed = source.some(({ text }) => sets.test(text))
  sink.fact({
    kind: 'source.session-setting',
    subject: `setting ${first.name}`,
    place: { path: first.path, line: first.line, column: 1 },
    value: { names, set: set ? 'yes' : computed ? 'unknown' : 'no' },
  })
}
