import type { Fact, FactValue } from '../../../core/facts/index.ts'
import { startOf } from '../../../core/facts/place.ts'
import { defined } from '../../shape.ts'
import { severities, type ScanSeverity } from './severity.ts'

/** More vulnerabilities of one file are counted, and kept as one for each severity: nobody reads on, and they fail alike. */
export const maxListed = 10_000

type Vulnerability = FactValue<'vulnerabilities.vulnerability'>

/** One vulnerability as a format reads it. What is left out is not known. */
export interface Found {
  id: string
  packageName: string
  installed: string
  severity: ScanSeverity
  fix: Vulnerability['fix']
  line: number
  column: number
  target?: string | undefined
  aliases?: readonly string[]
  fixed?: string | undefined
  status?: string | undefined
  class?: string | undefined
  title?: string | undefined
  published?: string | undefined
  reach?: Vulnerability['reach']
}

export interface About {
  tool: string
  artifact: string
  artifactType: string
  toolVersion?: string | undefined
  digest?: string | undefined
  osFamily?: string | undefined
  osName?: string | undefined
  endOfLife?: boolean
  results?: number | undefined
  packages?: boolean
  configuration?: boolean
}

/** What a tool was told to leave out. */
export type Suppressed = Pick<Found, 'id' | 'packageName' | 'installed' | 'severity' | 'line' | 'column' | 'target'> &
  Pick<FactValue<'vulnerabilities.suppressed'>, 'because' | 'until' | 'source'>

/** Gathers what one scan found, one entry at a time, in bounded memory. What the scan was of may be known only at its end. */
export class ScanReport {
  readonly about: About
  readonly #path: string
  readonly #known = new Map<string, Fact<'vulnerabilities.vulnerability'>>()
  /** Beyond the limit, by severity and fix: the first one stands for them. */
  readonly #beyond = new Map<string, { first: Found; count: number }>()
  readonly #suppressed: Fact<'vulnerabilities.suppressed'>[] = []
  #suppressions = 0

  constructor(path: string, about: About) {
    this.#path = path
    this.about = about
  }

  get found(): number {
    return this.#known.size
  }

  /** @param count how many are alike, of which this is the first */
  add(found: Found, count = 1): void {
    const { id, packageName, installed, fixed = '', severity } = found
    const key = [id, packageName, installed, fixed, severity].join('\n')
    const same = this.#known.get(key)
    if (same !== undefined) same.value.targets += count
    else if (this.#known.size < maxListed) this.#known.set(key, this.#fact(found))
    else {
      const kind = `${severity} ${found.fix}`
      const others = this.#beyond.get(kind)
      if (others === undefined) this.#beyond.set(kind, { first: found, count })
      else others.count += count
    }
  }

  suppress(entry: Suppressed): void {
    this.#suppressions++
    if (this.#suppressed.length >= maxListed) return
    const { line, column, target, because, until, source, ...what } = entry
    this.#suppressed.push({
      kind: 'vulnerabilities.suppressed',
      subject: `package ${what.packageName} ${what.installed} ${what.id}`,
      place: { path: this.#path, line, column },
      value: { ...this.#where(target), ...what, tool: this.about.tool, ...defined({ because, until, source }) },
    })
  }

  #where(target: string | undefined) {
    const { artifact, artifactType } = this.about
    return { artifact, artifactType, target: target ?? '' }
  }

  #fact({ line, column, target, ...found }: Found): Fact<'vulnerabilities.vulnerability'> {
    const { id, packageName, installed, severity, fix, fixed, title, published, aliases = [] } = found
    return {
      kind: 'vulnerabilities.vulnerability',
      subject: `package ${packageName} ${installed} ${id}`,
      place: { path: this.#path, line, column },
      value: {
        ...this.#where(target),
        id,
        packageName,
        installed,
        severity,
        fix,
        aliases: aliases.filter((alias, index) => alias !== id && aliases.indexOf(alias) === index).slice(0, 20),
        tools: [this.about.tool],
        targets: 1,
        status: found.status ?? (fix === 'available' ? 'fixed' : 'unknown'),
        class: found.class ?? 'unknown',
        reach: found.reach ?? 'unknown',
        ...defined({
          fixed,
          title,
          published,
        }),
      },
    }
  }

  #others(): Fact<'vulnerabilities.vulnerability'>[] {
    return [...this.#beyond.values()].map(({ first, count }) => {
      const { value, ...rest } = this.#fact(first)
      const many = `${first.packageName} and others`
      return {
        ...rest,
        subject: `packages beyond ${maxListed} ${first.severity} ${first.fix}`,
        value: { ...value, packageName: many, title: `one of ${count} more of its severity`, targets: count },
      }
    })
  }

  /** The scan, what it found and what it left out; what the others of a file are is counted with `extra`. */
  facts(extra: Partial<Record<'misconfigurations' | 'secrets' | 'licenses', number>> = {}): Fact[] {
    const { endOfLife = false, packages = true, configuration = false, ...about } = this.about
    // What the artifact is may stand at the end of a file.
    for (const { value } of [...this.#known.values(), ...this.#suppressed]) {
      value.artifact = about.artifact
      value.artifactType = about.artifactType
      if (value.target === '') value.target = about.artifact
    }
    const others = this.#others()
    for (const { value } of others) if (value.target === '') value.target = about.artifact
    const listed = [...this.#known.values()]
    const beyond = [...this.#beyond.values()].map(({ first, count }) => ({ ...first, count }))
    const count = (is: (one: { severity: ScanSeverity; fix: Found['fix'] }) => boolean): number =>
      listed.filter(({ value }) => is(value)).length + beyond.filter(is).reduce((sum, { count: many }) => sum + many, 0)
    const [critical = 0, high = 0, medium = 0, low = 0, unknown = 0] = severities.map((grade) =>
      count(({ severity }) => severity === grade),
    )
    const scan: Fact<'vulnerabilities.scan'> = {
      kind: 'vulnerabilities.scan',
      subject: `scan of ${about.artifact}`,
      place: startOf(this.#path),
      value: {
        ...defined({
          ...about,
          results: about.results,
        }),
        endOfLife,
        packages,
        configuration,
        critical,
        high,
        medium,
        low,
        unknown,
        fixable: count(({ fix }) => fix === 'available'),
        suppressed: this.#suppressions,
        unlisted: beyond.reduce((sum, { count: many }) => sum + many, 0),
        misconfigurations: extra.misconfigurations ?? 0,
        secrets: extra.secrets ?? 0,
        licenses: extra.licenses ?? 0,
      },
    }
    return [scan, ...listed, ...others, ...this.#suppressed]
  }
}
