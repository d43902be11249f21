import * as z from 'zod'
import type { EvidenceFormat } from '../format.ts'
import { JsonShapes } from '../json/shapes.ts'
import type { JsonValue } from '../json/stream.ts'
import { dayOf, line, listOf, name } from '../scans/fields.ts'
import { brokeOff } from '../scans/finish.ts'
import { hasKeys, likeness } from '../scans/json-head.ts'
import { readPaths, refuse, taking, type Handler } from '../scans/read-paths.ts'
import { ScanReport } from '../scans/scan-report.ts'
import { severityOfScore, severityOfWord } from '../scans/severity.ts'
import type { Refusal } from '../format.ts'

const Entry = z.object({
  id: name,
  title: line,
  severity: line,
  cvssScore: z.number().nullish(),
  identifiers: z.object({ CVE: listOf(z.string()), GHSA: listOf(z.string()) }).nullish(),
  packageName: line,
  moduleName: line,
  name: line,
  version: line,
  fixedIn: listOf(z.string()),
  nearestFixedInVersion: line,
  isUpgradable: z.boolean().nullish(),
  isPatchable: z.boolean().nullish(),
  publicationTime: line,
  disclosureTime: line,
  dockerfileInstruction: line,
  filtered: z.object({ ignored: listOf(z.object({ reason: line, expires: line, source: line })) }).nullish(),
})
type Entry = z.infer<typeof Entry>

const read = (entry: Entry) => {
  const word = severityOfWord(entry.severity)
  const fixed = entry.nearestFixedInVersion ?? entry.fixedIn.slice(0, 5).join(', ').slice(0, 200)
  return {
    id: entry.id,
    aliases: [...(entry.identifiers?.CVE ?? []), ...(entry.identifiers?.GHSA ?? [])],
    packageName: entry.packageName ?? entry.moduleName ?? entry.name ?? '(no name)',
    installed: entry.version ?? '(no version)',
    severity: word === 'unknown' ? severityOfScore(entry.cvssScore ?? undefined) : word,
    fix:
      fixed !== '' || entry.isUpgradable === true || entry.isPatchable === true
        ? ('available' as const)
        : ('none' as const),
    fixed: fixed === '' ? undefined : fixed,
    title: entry.title,
    published: dayOf(entry.publicationTime) ?? dayOf(entry.disclosureTime),
  }
}

/** The projects of a report: one, or a list where `--all-projects` was given. */
class Projects {
  readonly reports = new Map<string | number, ScanReport>()
  /** Projects that Snyk could not test. */
  readonly failed = new Set<string | number>()
  readonly #path: string
  readonly #list: boolean

  constructor(path: string, list: boolean) {
    this.#path = path
    this.#list = list
  }

  key(value: JsonValue): string | number {
    return this.#list ? (value.path[0] ?? 0) : 0
  }

  of(value: JsonValue): ScanReport {
    const key = this.key(value)
    const known = this.reports.get(key)
    if (known !== undefined) return known
    const report = new ScanReport(this.#path, { tool: 'snyk', artifact: '(no name)', artifactType: 'unknown' })
    this.reports.set(key, report)
    return report
  }

  handlers(): Record<string, Handler> {
    const prefix = this.#list ? '*.' : ''
    const own: Record<string, Handler> = {
      'vulnerabilities.*': taking(Entry, (entry, value) =>
        this.of(value).add({ ...read(entry), line: value.line, column: value.column }),
      ),
      'filtered.ignore.*': taking(Entry, (entry, value) => {
        const { id, packageName, installed, severity } = read(entry)
        const [rule] = entry.filtered?.ignored ?? []
        const { line: at, column } = value
        const why = { because: rule?.reason, until: dayOf(rule?.expires), source: rule?.source }
        this.of(value).suppress({ id, packageName, installed, severity, line: at, column, target: undefined, ...why })
      }),
      dependencyCount: ({ value, ...at }) => {
        if (typeof value === 'number') this.of({ value, ...at }).about.results = value
      },
      projectName: taking(line, (project, value) => {
        this.of(value).about.artifact = project ?? '(no name)'
      }),
      path: taking(line, (path, value) => {
        const { about } = this.of(value)
        if (about.artifact === '(no name)') about.artifact = path?.replace(/^docker-image\|/, '') ?? '(no name)'
      }),
      'docker.baseImage': taking(line, (_, value) => void (this.of(value).about.artifactType = 'container_image')),
      packageManager: taking(line, (manager, value) => {
        const { about } = this.of(value)
        if (about.artifactType === 'unknown')
          about.artifactType = /^(?:deb|apk|rpm|linux)$/.test(manager ?? '') ? 'container_image' : 'filesystem'
      }),
      ok: ({ value, ...at }) => {
        const { about } = this.of({ value, ...at })
        about.packages = true
      },
      error: (value) => void this.failed.add(this.key(value)),
    }
    return Object.fromEntries(Object.entries(own).map(([path, handler]) => [`${prefix}${path}`, handler]))
  }
}

/** The JSON of `snyk test --json` and `snyk container test --json`, for one project or several. */
export const snyk: EvidenceFormat = {
  kind: 'vulnerabilities',
  name: 'snyk',
  recognise: (head) =>
    likeness(head, (first) => {
      if (hasKeys(head, 'bomFormat')) return false
      if (first === 'ok') return hasKeys(head, 'error') || hasKeys(head, 'vulnerabilities')
      return first === 'vulnerabilities' && /"vulnerabilities"\s*:\s*\[/.test(head) && !hasKeys(head, 'scan')
    }),
  parse: async (text) => {
    // Whether it is a list decides on the paths, and shows in the first piece that says anything.
    const source = text.chunks[Symbol.asyncIterator]()
    const parts: string[] = []
    let head = ''
    for (let next = await source.next(); next.done !== true; next = await source.next()) {
      parts.push(next.value)
      head = next.value.trimStart().slice(0, 1)
      if (head !== '') break
    }
    const list = head === '['
    const projects = new Projects(text.path, list)
    const prefix = list ? '*.' : ''
    const shapes = new JsonShapes({
      '': list ? 'list' : 'object',
      [`${prefix}vulnerabilities`]: 'list',
      [`${prefix}filtered.ignore`]: 'list',
    })
    const all = async function* () {
      yield* parts
      for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value
    }
    const refused: Refusal | undefined = await readPaths({ path: text.path, chunks: all() }, projects.handlers(), {
      shapes,
    })
    if (refused !== undefined) return { refused }
    if (projects.failed.size > 0) return brokeOff('Snyk')
    const reports = [...projects.reports]
    const without = reports.some(([key]) => !shapes.seen.has(list ? `${key}.vulnerabilities` : 'vulnerabilities'))
    if (without || reports.length === 0) return refuse('schema', 'lacks its vulnerabilities')
    return { facts: reports.flatMap(([, report]) => report.facts()), answers: ['vulnerabilities.vulnerability'] }
  },
}
