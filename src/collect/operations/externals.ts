import { purposeOf } from '../compose/purpose.ts'
import type { Sink } from '../collector.ts'
import { asMapping, asText, type Mapping } from '../shape.ts'
import type { ComposeSource, Reading } from './reading.ts'

type Kind = 'network' | 'volume'

interface Declared {
  kind: Kind
  key: string
  /** The name that Docker gives it; undefined where it is computed. */
  name: string
  source: ComposeSource
}

/** The name that Compose takes for a project: that of the file, or else of its folder. */
const projectOf = ({ path, root }: ComposeSource): string => {
  const own = asText(root['name'])
  if (own !== undefined) return own
  const folder = path.split('/').at(-2)
  return folder === undefined ? '<project>' : folder.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '')
}

const entriesOf = (root: Mapping, kind: Kind): [string, Mapping][] =>
  Object.entries(asMapping(root[`${kind}s`]) ?? {}).map(([key, value]) => [key, asMapping(value) ?? {}])

const externalName = (key: string, entry: Mapping): string | undefined => {
  const external = entry['external']
  if (external === undefined || external === null || external === false) return undefined
  return asText(entry['name']) ?? asText(asMapping(external)?.['name']) ?? key
}

const declaredIn = (source: ComposeSource, kind: Kind): Declared[] =>
  entriesOf(source.root, kind)
    .filter(([key, entry]) => externalName(key, entry) === undefined)
    .map(([key, entry]) => ({ kind, key, name: asText(entry['name']) ?? `${projectOf(source)}_${key}`, source }))

const creating = /docker\s+(network|volume)\s+create\s+([^\n;&|]{1,200})/g

/** Notes the networks and volumes that a text tells Docker to create. */
export const noteCreated = (text: string, reading: Reading): void => {
  if (!text.includes('create')) return
  for (const match of text.matchAll(creating))
    for (const word of (match[2] ?? '').split(/\s+/))
      reading.created.add(`${match[1] ?? ''} ${word.replaceAll(/["'`\\]/g, '')}`)
}

/** Emits what compose files expect to be there, joined with what other files create. */
export const emitExternals = (reading: Reading, sink: Sink): void => {
  const declared = reading.compose.flatMap((source) => [
    ...declaredIn(source, 'network'),
    ...declaredIn(source, 'volume'),
  ])
  const judged = reading.compose.filter(({ path }) => purposeOf(path) !== 'development')
  for (const source of judged)
    for (const kind of ['network', 'volume'] as const)
      for (const [key, entry] of entriesOf(source.root, kind)) {
        const name = externalName(key, entry)
        if (name === undefined) continue
        const same = declared.filter((one) => one.kind === kind && one.source !== source)
        const match = same.find((one) => one.name === name)
        const near = same.find((one) => one.key === name)
        const created = match !== undefined || reading.created.has(`${kind} ${name}`)
        const computed = name.includes('$')
        const because = created
          ? ''
          : computed
            ? 'its name is computed'
            : near === undefined
              ? 'nothing in this repository has one of this name: another project may create it'
              : ''
        sink.fact({
          kind: 'operations.external',
          subject: `${kind} ${name}`,
          place: source.document.at(asMapping(source.root[`${kind}s`]), key),
          value: {
            kind,
            name,
            state: created ? 'created' : because === '' ? 'other-name' : 'unknown',
            otherPath: near?.source.path ?? '',
            otherName: near?.name ?? '',
            because,
          },
        })
      }
}
