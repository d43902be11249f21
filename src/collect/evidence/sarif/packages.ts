import { firstLine } from '../format.ts'
import type { Found } from '../scans/scan-report.ts'
import type { Result, Rule } from './entries.ts'

const packageScanners =
  /^(?:trivy|grype|anchore|snyk(?! ?(?:code|iac))|osv-scanner|govulncheck|npm[ -]?audit|pip-audit|cargo-audit|(?:owasp )?dependency-?check|clair|docker[ -]?scout|dependabot|retire|jfrog|xray|mend|black ?duck|debricked)/i

const advisory = /^(?:CVE-\d|GHSA-|GO-\d{4}-|RUSTSEC-|PYSEC-|SNYK-|OSV-|DSA-|ALSA-|RHSA-|ELSA-|TEMP-\d)/

/** Whether a tool looks at packages and images and not at source: by its name, else by what its rules are named after. */
export const isPackageScanner = (tool: string, rule: string | undefined): boolean =>
  packageScanners.test(tool) || (rule !== undefined && advisory.test(rule))

const value = (text: string, ...names: readonly string[]): string | undefined => {
  for (const line of text.split('\n')) {
    const at = line.indexOf(': ')
    const key = at < 0 ? line.replace(/:\s*$/, '') : line.slice(0, at)
    if (at < 0 && !/:\s*$/.test(line)) continue
    if (names.includes(key.replace(/^[*\s-]+/, '').trim())) return at < 0 ? '' : (firstLine(line.slice(at + 2)) ?? '')
  }
  return undefined
}

const grype = /package: ([^\s,]{1,200}), version (\S{1,200}) was found/
const osv = /^Package '(.{1,200})@([^@']{1,200})' is vulnerable to/
const snyk = /introduces a vulnerable (\S{1,200}) package/
const go =
  /(?:vulnerable (?:packages?|modules?)|in \d{1,6} packages?|depends on \d{1,6} vulnerable modules?) \(([^\s,)]{1,200})/

const named = (message: string): [string | undefined, string | undefined] => {
  const found = grype.exec(message) ?? osv.exec(message)
  if (found !== null) return [found[1], found[2]]
  return [(snyk.exec(message) ?? go.exec(message))?.[1], undefined]
}

const upgrade = /Upgrade `[^`\n]{1,200}` to version ([^\s,]{1,100})/
const ids = /\b(?:CVE-\d{4}-\d{4,10}|GHSA(?:-[0-9a-z]{4}){3})\b/g

/** What the words of a tool say about the package: SARIF itself has no place for it. */
export const packageOf = (
  rule: Rule | undefined,
  { message }: Result,
): Pick<Found, 'packageName' | 'installed' | 'fix' | 'fixed' | 'aliases'> => {
  const help = rule?.help ?? ''
  const [name, version] = named(message)
  const fixed =
    value(message, 'Fixed Version') ?? value(help, 'Fixed Version', 'Fix Version') ?? upgrade.exec(help)?.[1]
  return {
    packageName: value(message, 'Package') ?? name ?? value(help, 'Package', 'Vulnerable module') ?? '(not named)',
    installed: value(message, 'Installed Version') ?? version ?? value(help, 'Version') ?? '(no version)',
    fix: fixed === undefined ? 'unknown' : fixed === '' ? 'none' : 'available',
    aliases: [...new Set(`${message.slice(0, 500)} ${rule?.shortDescription ?? ''}`.match(ids) ?? [])],
    ...(fixed === undefined || fixed === '' ? {} : { fixed }),
  }
}
