import type { Collected, Sink } from '../collector.ts'
import { lineAt } from './paths.ts'
import type { Program } from './program.ts'
import type { Programs } from './programs.ts'
import type { ProgramText, Reading } from './reading.ts'

/** Where a port is written without the name of another machine before it. */
const mentionOf = (port: number): RegExp =>
  new RegExp(
    `(?:^|[^\\w.:-]|(?:0\\.0\\.0\\.0|127\\.0\\.0\\.1|localhost|\\[::1?\\]|["'\`\\s=]):)${port}(?![\\w.])`,
    'gm',
  )

/** A field that takes it in a composite literal of Go, and a key of YAML, TOML or a properties file. */
const key = /["']?([\w.-]{1,80})["']?[ \t]{0,9}[:=][ \t]{0,9}["'`]?[\w.[\]:]{0,40}$/

const lineBefore = (text: string, at: number): string =>
  text.slice(Math.max(text.lastIndexOf('\n', at) + 1, at - 300), at + 1)

/** Fields that the source declares and nothing of it reads, with the names under which configuration files have them. */
const unreadField = (program: Program, name: string): boolean => {
  const declared = program.source.find(({ text }) =>
    new RegExp(`^[ \\t]+${name}[ \\t]+(?:string|u?int\\d{0,2})\\b`, 'm').test(text),
  )
  const read = program.source.some(({ text }) => new RegExp(`\\.${name}\\b`).test(text))
  return declared !== undefined && !read
}

const fieldOfKey = (program: Program, name: string): string | undefined => {
  const tagged = new RegExp(
    `^[ \\t]+(\\w{1,80})[ \\t]+\\S{1,40}[ \\t]+\`[^\`\\n]{0,200}(?:yaml|json|mapstructure|toml|koanf):"${name}[",]`,
    'm',
  )
  return program.source.map(({ text }) => tagged.exec(text)?.[1]).find((one) => one !== undefined)
}

const plain = /^[\w-]+$/

/** What of a text says that the program listens on the port; undefined where it is only a setting that nothing reads. */
const unread = (program: Program, { text, path, language }: ProgramText, at: number): string | undefined => {
  const name = key.exec(lineBefore(text, at))?.[1]?.split('.').at(-1)
  if (name === undefined || !plain.test(name)) return undefined
  const field = language === 'go' ? name : program.once(`field of ${name}`, () => fieldOfKey(program, name))
  return field !== undefined && program.once(`unread ${field}`, () => unreadField(program, field))
    ? `${field} (${path}:${lineAt(text, at)})`
    : undefined
}

type Served = { served: 'yes' | 'no'; unread: string }

const servedBy = (program: Program, port: number): Served => {
  const settings: string[] = []
  for (const text of program.texts)
    for (const match of text.text.matchAll(mentionOf(port))) {
      const setting = unread(program, text, match.index + match[0].length - String(port).length - 1)
      if (setting === undefined) return { served: 'yes', unread: '' }
      settings.push(setting)
    }
  return {
    served: 'no',
    unread: settings.sort((a, b) => Number(b.includes('.go:')) - Number(a.includes('.go:')))[0] ?? '',
  }
}

/** Variables by which a program may be told another port, and that nothing in its image sets. */
const toldElsewhere = (program: Program): boolean =>
  [...program.words].some(
    (word) =>
      /^[A-Z][A-Z\d_]*$/.test(word) &&
      /(?:^|_)(?:PORT|ADDR|LISTEN(?:_ADDRESS)?|BIND(?:_ADDRESS)?)$/.test(word) &&
      !program.file.environment.has(word),
  )

/**
 * Go has no port by default, so that one which its source does not name is served by nobody. Only programs that the
 * Dockerfile builds, in images where nothing else runs, are judged.
 */
const isJudged = ({ cut, file }: Program): boolean =>
  !cut &&
  file.copies.length > 0 &&
  /\bgo (?:build|install)\b/.test(file.commands) &&
  /^(?:scratch|alpine|debian|ubuntu|busybox|golang|gcr\.io\/distroless\/(?:static|base|cc))/.test(file.base)

/** Every number that deployment files give a container in a variable or an argument. */
const numbersTold = ({ deployed }: Reading): Set<string> => {
  const found = new Set<string>()
  for (const { variables, rest } of deployed) {
    const started = [...rest.matchAll(/"(?:command|args|entrypoint)":/g)].map(({ index }) =>
      rest.slice(index, index + 2_000),
    )
    for (const text of [...variables.map(({ value }) => value ?? ''), ...started])
      for (const [number] of text.matchAll(/\d{2,5}/g)) found.add(number)
  }
  return found
}

/** Ports on which a server listens that is given none: Gin's, and those that `:http` and `:https` stand for. */
const usual = new Set([80, 443, 8080])

/** Joins the ports that the images of Go programs expose with what their source listens on. */
export const relateExposedPorts = (reading: Reading, programs: Programs, collected: Collected, sink: Sink): void => {
  let told: ReadonlySet<string> | undefined
  for (const { place, subject, value } of collected.of('docker.port')) {
    const file = value.ships && value.number === value.last ? reading.builds.get(place.path) : undefined
    const program = file === undefined ? undefined : programs.ofBuildFile(file)
    if (file === undefined || program === undefined || !isJudged(program)) continue
    const written = String(value.number)
    told ??= numbersTold(reading)
    const given =
      told.has(written) ||
      [...file.environment.values()].some((one) => one.value.includes(written)) ||
      file.commands.includes(written)
    const found: Served = given ? { served: 'yes', unread: '' } : servedBy(program, value.number)
    if (found.served === 'no' && (toldElsewhere(program) || (found.unread === '' && usual.has(value.number)))) continue
    sink.fact({ kind: 'source.exposed-port', subject, place, value: { port: value.number, ...found } })
  }
}
