import type * as z from 'zod'
import type { Fact } from '../../../core/facts/index.ts'
import { defined } from '../../shape.ts'
import { dayOf } from '../scans/fields.ts'
import { maxListed, type ScanReport } from '../scans/scan-report.ts'
import type { License, Misconfiguration, Modified, Secret, Vulnerability } from './entries.ts'

export interface Target {
  name: string
  class: string
}

interface At {
  line: number
  column: number
}

type Extra = 'vulnerabilities.misconfiguration' | 'vulnerabilities.secret' | 'vulnerabilities.license'

export const addVulnerability = (
  report: ScanReport,
  entry: z.infer<typeof Vulnerability>,
  target: Target,
  at: At,
): void => {
  const { FixedVersion: fixed, Title: title, PublishedDate: published } = entry
  report.add({
    id: entry.VulnerabilityID,
    aliases: entry.VendorIDs?.slice(0, 20) ?? [],
    packageName: entry.PkgName,
    installed: entry.InstalledVersion ?? '(no version)',
    severity: entry.Severity,
    fix: fixed === undefined ? 'none' : 'available',
    target: target.name,
    class: target.class,
    published: dayOf(published),
    status: entry.Status,
    fixed,
    title,
    line: at.line,
    column: at.column,
  })
}

export const addModified = (report: ScanReport, entry: z.infer<typeof Modified>, target: Target, at: At): void => {
  if (entry.Type !== 'vulnerability') return
  const { VulnerabilityID: id = '(no number)', PkgName: packageName = '(no name)', Severity: severity } = entry.Finding
  report.suppress({
    id,
    packageName,
    severity,
    line: at.line,
    column: at.column,
    target: target.name,
    installed: entry.Finding.InstalledVersion ?? '(no version)',
    because: entry.Statement,
    source: entry.Source,
    until: undefined,
  })
}

/** The other things that Trivy finds, bounded: what is beyond is counted. */
export class Extras {
  readonly facts: Fact<Extra>[] = []
  readonly counts = { misconfigurations: 0, secrets: 0, licenses: 0 }
  /** Of what is beyond the limit, one for each kind and severity stays: it fails as they would. */
  readonly #beyond = new Set<string>()
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  #add(fact: Omit<Fact<Extra>, 'place'>, at: At): void {
    const { line, column } = at
    if (this.facts.length >= maxListed) {
      const kind = `${fact.kind} ${fact.value.severity} ${'category' in fact.value ? fact.value.category : ''}`
      if (this.#beyond.has(kind) || this.#beyond.size > 100) return
      this.#beyond.add(kind)
    }
    this.facts.push({ ...fact, place: { path: this.#path, line, column } })
  }

  /** A failed check; Trivy lists passed ones and exceptions too where it is asked to. */
  misconfiguration(entry: z.infer<typeof Misconfiguration>, { name: target }: Target, at: At): void {
    if (entry.Status === 'PASS' || entry.Status === 'EXCEPTION') return
    this.counts.misconfigurations++
    const id = entry.AVDID ?? entry.ID ?? '(no number)'
    const about = defined({ message: entry.Message, targetLine: entry.CauseMetadata?.StartLine })
    const value = {
      artifact: '',
      artifactType: '',
      target,
      severity: entry.Severity,
      id,
      title: entry.Title ?? id,
      ...about,
    }
    this.#add({ kind: 'vulnerabilities.misconfiguration', subject: `file ${target} ${id}`, value }, at)
  }

  /** A secret: of what kind, and where. */
  secret(entry: z.infer<typeof Secret>, { name: target }: Target, at: At): void {
    this.counts.secrets++
    const kind = entry.RuleID ?? entry.Category ?? 'secret'
    const value = { artifact: '', artifactType: '', target, severity: entry.Severity, kind }
    const where = defined({ targetLine: entry.StartLine })
    this.#add({ kind: 'vulnerabilities.secret', subject: `file ${target} ${kind}`, value: { ...value, ...where } }, at)
  }

  license(entry: z.infer<typeof License>, { name: target }: Target, at: At): void {
    this.counts.licenses++
    const { Name: name = '(no name)', PkgName: packageName, Category: category } = entry
    this.#add(
      {
        kind: 'vulnerabilities.license',
        subject: `license ${name} ${packageName ?? entry.FilePath ?? target}`,
        value: {
          artifact: '',
          artifactType: '',
          target,
          severity: entry.Severity,
          name,
          category: category?.toLowerCase() ?? 'unknown',
          ...defined({ packageName }),
        },
      },
      at,
    )
  }

  /** Says of all of them what was scanned, which may stand at the end of a file. */
  settle(artifact: string, artifactType: string): void {
    for (const { value } of this.facts) {
      Object.assign(value, { artifact, artifactType })
      if (value.target === '') value.target = artifact
    }
  }
}
