import type { Fact } from '../../../core/facts/index.ts'
import type { Place } from '../../../core/facts/place.ts'
import { defined } from '../../shape.ts'
import { firstLine } from '../format.ts'
import type { Result } from './report.ts'

/** What all findings of one result of a report share. */
export interface Target {
  artifact: string
  artifactType: string
  target: string
  /** The place of the result's nth entry of a list. */
  at(list: keyof Result, index: number): Place
}

const whereOf = ({ artifact, artifactType, target }: Target) => ({ artifact, artifactType, target })

/** Adds the vulnerabilities of one result. One that `known` has already, from another target, is only counted there. */
export const addVulnerabilities = (
  result: Result,
  of: Target,
  known: Map<string, Fact<'vulnerabilities.vulnerability'>>,
): void => {
  for (const [index, entry] of result.Vulnerabilities.entries()) {
    const id = firstLine(entry.VulnerabilityID) ?? '(no number)'
    const packageName = firstLine(entry.PkgName) ?? '(no name)'
    const { InstalledVersion: installed = '(no version)', FixedVersion: fixed, Status: status, Title: title } = entry
    const key = [id, packageName, installed, fixed ?? '', entry.Severity].join('\n')
    const same = known.get(key)
    if (same === undefined)
      known.set(key, {
        kind: 'vulnerabilities.vulnerability',
        subject: `package ${packageName} ${installed} ${id}`,
        place: of.at('Vulnerabilities', index),
        value: {
          ...whereOf(of),
          id,
          packageName,
          installed,
          severity: entry.Severity,
          targets: 1,
          status: status ?? (fixed === undefined ? 'unknown' : 'fixed'),
          class: result.Class ?? 'unknown',
          ...defined({
            fixed,
            title,
          }),
        },
      })
    else same.value.targets++
  }
}

/** The failed checks of one result; Trivy lists passed ones and exceptions too where it is asked to. */
export const misconfigurations = (result: Result, of: Target): Fact[] =>
  result.Misconfigurations.flatMap((entry, index): Fact[] => {
    if (entry.Status === 'PASS' || entry.Status === 'EXCEPTION') return []
    const id = entry.AVDID ?? entry.ID ?? '(no number)'
    const about = defined({ message: entry.Message, targetLine: entry.CauseMetadata?.StartLine })
    return [
      {
        kind: 'vulnerabilities.misconfiguration',
        subject: `file ${of.target} ${id}`,
        place: of.at('Misconfigurations', index),
        value: { ...whereOf(of), severity: entry.Severity, id, title: entry.Title ?? id, ...about },
      },
    ]
  })

/** The secrets of one result: of what kind, and where. */
export const secrets = (result: Result, of: Target): Fact[] =>
  result.Secrets.map((entry, index) => {
    const kind = entry.RuleID ?? entry.Category ?? 'secret'
    return {
      kind: 'vulnerabilities.secret',
      subject: `file ${of.target} ${kind}`,
      place: of.at('Secrets', index),
      value: { ...whereOf(of), severity: entry.Severity, kind, ...defined({ targetLine: entry.StartLine }) },
    }
  })

/** The licences of one result. */
export const licenses = (result: Result, of: Target): Fact[] =>
  result.Licenses.map((entry, index) => {
    const { Name: name = '(no name)', PkgName: packageName, Category: category } = entry
    return {
      kind: 'vulnerabilities.license',
      subject: `license ${name} ${packageName ?? entry.FilePath ?? of.target}`,
      place: of.at('Licenses', index),
      value: {
        ...whereOf(of),
        severity: entry.Severity,
        name,
        category: category?.toLowerCase() ?? 'unknown',
        ...defined({ packageName }),
      },
    }
  })
