import type { Sink } from '../collector.ts'
import { baseOf, folderOf } from '../tree-path.ts'
import type { Program } from './program.ts'
import type { ProgramText } from './reading.ts'
import { profileOfFile, springKeysOf } from './spring-config.ts'

const detail = /^(?:spring\.web|server)\.error\.include-(?:message|stacktrace|binding-errors|exception)$/
const shows = (value: string): boolean => /^(?:always|true|on_param|on-param)$/i.test(value)

/** A fact for each setting, of the file that always counts, that puts details of errors into responses. */
export const relateErrorDetails = (
  texts: readonly ProgramText[],
  selected: ReadonlyMap<Program, ReadonlySet<string>>,
  sink: Sink,
): void => {
  const files = texts.filter(
    ({ path, test }) => !test && /^application(?:-[\w-]+)?\.(?:ya?ml|properties)$/.test(baseOf(path)),
  )
  for (const file of files) {
    if (profileOfFile(file.path) !== '') continue
    const beside = files.filter(({ path }) => folderOf(path) === folderOf(file.path) && profileOfFile(path) !== '')
    const chosen = new Set(
      [...selected].filter(([program]) => program.texts.includes(file)).flatMap(([, names]) => [...names]),
    )
    const found = springKeysOf(file).find(
      ({ key, value }) => detail.test(key) && shows(value) && !key.endsWith('binding-errors'),
    )
    if (found === undefined) continue
    const taken = beside.filter((other) =>
      springKeysOf(other).some(({ key, value }) => key === found.key && !shows(value)),
    )
    const effective = taken.filter(({ path }) => chosen.size === 0 || chosen.has(profileOfFile(path)))
    sink.fact({
      kind: 'source.error-detail',
      subject: `file ${file.path}`,
      place: { path: file.path, line: found.line, column: 1 },
      value: { key: found.key, overridden: effective.length > 0, by: taken[0]?.path ?? '' },
    })
  }
}
