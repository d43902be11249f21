import { programWords } from './shell.ts'
import type { Step } from './step.ts'
import { inputOf, usesAction } from './uses.ts'

/** A scanner that was recognised, and whether its findings can fail what runs it. */
export interface Scan {
  tool: string
  canFail: 'yes' | 'no' | 'unknown'
  because: string
  /** What is scanned, as far as it tells two scans apart: `image`, `fs`, ... */
  target: string
}

const yes = (tool: string, target = ''): Scan => ({ tool, canFail: 'yes', because: '', target })
const no = (tool: string, because: string, target = ''): Scan => ({ tool, canFail: 'no', because, target })
const unknown = (tool: string, because: string, target = ''): Scan => ({ tool, canFail: 'unknown', because, target })

const isComputed = (value: string | undefined): boolean => value?.includes('${{') ?? false

/** An input that must be set to make the scanner fail, or one that must not be. */
const byInput = (
  step: Step,
  tool: string,
  input: string,
  wanted: (value: string | undefined) => boolean,
  target = '',
): Scan => {
  const value = inputOf(step.inputs, input)
  if (isComputed(value)) return unknown(tool, `${input} is computed`, target)
  if (wanted(value)) return yes(tool, target)
  return no(tool, value === undefined ? `${input} is not set` : `${input} is ${value}`, target)
}

const isOff = (value: string | undefined): boolean => value === undefined || value === 'false' || value === ''
const isOn = (value: string | undefined): boolean => !isOff(value)
const bills = new Set(['cyclonedx', 'spdx', 'spdx-json', 'github'])

const trivyAction = (step: Step): Scan | undefined => {
  const target = inputOf(step.inputs, 'scan-type') ?? 'image'
  if (bills.has(inputOf(step.inputs, 'format') ?? '')) return undefined
  if (inputOf(step.inputs, 'trivy-config') !== undefined && inputOf(step.inputs, 'exit-code') === undefined)
    return unknown('trivy', 'its exit code is set in a configuration file', target)
  return byInput(step, 'trivy', 'exit-code', (value) => value !== undefined && value !== '' && value !== '0', target)
}

const argsAction = (step: Step, tool: string, flags: readonly string[], input = 'args'): Scan => {
  const words = (inputOf(step.inputs, input) ?? '').split(/\s+/)
  const flag = words.find((word) => flags.some((one) => word === one || word.startsWith(`${one}=`)))
  return flag === undefined || flag.endsWith('=false') ? yes(tool) : no(tool, flag)
}

const actions: readonly [string, (step: Step) => Scan | undefined][] = [
  ['aquasecurity/trivy-action', trivyAction],
  [
    'snyk/actions',
    (step) => {
      if (step.uses?.name.toLowerCase().endsWith('/setup') === true) return undefined
      return inputOf(step.inputs, 'command') === 'monitor' ? no('snyk', 'snyk monitor only reports') : yes('snyk')
    },
  ],
  ['anchore/scan-action', (step) => byInput(step, 'grype', 'fail-build', (value) => value !== 'false')],
  ['securego/gosec', (step) => argsAction(step, 'gosec', ['-no-fail', '--no-fail'])],
  [
    'golang/govulncheck-action',
    (step) => byInput(step, 'govulncheck', 'output-format', (value) => value === undefined || value === 'text'),
  ],
  [
    'github/codeql-action/analyze',
    () => unknown('codeql', 'whether its alerts block a merge is set in code scanning, not in the workflow'),
  ],
  ['actions/dependency-review-action', (step) => byInput(step, 'dependency-review', 'warn-only', isOff)],
  ['gitleaks/gitleaks-action', () => yes('gitleaks')],
  ['trufflesecurity/trufflehog', () => yes('trufflehog')],
  ['semgrep/semgrep-action', () => yes('semgrep')],
  ['returntocorp/semgrep-action', () => yes('semgrep')],
  ['bridgecrewio/checkov-action', (step) => byInput(step, 'checkov', 'soft_fail', isOff)],
  ['aquasecurity/tfsec-action', (step) => byInput(step, 'tfsec', 'soft_fail', isOff)],
  [
    'checkmarx/kics-github-action',
    (step) =>
      byInput(step, 'kics', 'ignore_on_exit', (value) => value === undefined || value === 'none' || value === 'errors'),
  ],
  ['docker/scout-action', (step) => byInput(step, 'docker-scout', 'exit-code', isOn)],
  ['pypa/gh-action-pip-audit', () => yes('pip-audit')],
  ['rustsec/audit-check', () => yes('cargo-audit')],
  ['actions-rs/audit-check', () => yes('cargo-audit')],
  ['embarkstudios/cargo-deny-action', () => yes('cargo-deny')],
  ['google/osv-scanner-action', (step) => byInput(step, 'osv-scanner', 'fail-on-vuln', (value) => value !== 'false')],
  ['pycqa/bandit-action', (step) => byInput(step, 'bandit', 'exit_zero', isOff)],
  [
    'dependency-check/dependency-check_action',
    (step) =>
      (inputOf(step.inputs, 'args') ?? '').includes('--failOnCVSS')
        ? yes('dependency-check')
        : no('dependency-check', 'there is no --failOnCVSS'),
  ],
]

/** The scanner that an action is; undefined for any other action. */
export const actionScan = (step: Step): Scan | undefined =>
  actions.find(([name]) => usesAction(step.uses, name))?.[1](step)

type Words = readonly string[]
const valueOf = (words: Words, ...flags: string[]): string | undefined => {
  for (const [index, word] of words.entries()) {
    const flag = flags.find((one) => word === one || word.startsWith(`${one}=`))
    if (flag !== undefined) return word === flag ? words[index + 1] : word.slice(flag.length + 1)
  }
  return undefined
}
const has = (words: Words, ...flags: string[]): boolean =>
  valueOf(words, ...flags) !== undefined || flags.some((flag) => words.includes(flag))
const needs = (tool: string, words: Words, flags: string[], target = ''): Scan =>
  has(words, ...flags) ? yes(tool, target) : no(tool, `there is no ${flags[0] ?? ''}`, target)
const unless = (tool: string, words: Words, ...flags: string[]): Scan => {
  const flag = flags.find((one) => has(words, one))
  return flag === undefined ? yes(tool) : no(tool, flag)
}

const trivyTargets = new Set(['image', 'i', 'fs', 'filesystem', 'repo', 'repository', 'config', 'rootfs', 'k8s', 'vm'])
const trivy = (words: Words): Scan | undefined => {
  const target = words.slice(1).find((word) => trivyTargets.has(word))
  if (target === undefined || bills.has(valueOf(words, '--format', '-f') ?? '')) return undefined
  const code = valueOf(words, '--exit-code')
  if (code === undefined)
    return has(words, '--config', '-c')
      ? unknown('trivy', 'its exit code is set in a configuration file', target)
      : no('trivy', 'there is no --exit-code 1', target)
  if (code.includes('$')) return unknown('trivy', '--exit-code is computed', target)
  return code === '0' ? no('trivy', '--exit-code is 0', target) : yes('trivy', target)
}

const audits =
  (program: string) =>
  (words: Words): Scan | undefined => {
    const rest = words.slice(1).filter((word) => !word.startsWith('-'))
    const audit = rest[0] === 'audit' || (rest[0] === 'npm' && rest[1] === 'audit')
    if (!audit || rest.includes('fix') || rest.includes('signatures')) return undefined
    return yes(`${program} audit`)
  }

const dependencyCheck = (words: Words): Scan | undefined =>
  words.some((word) => /dependency-check(-maven)?:(check|aggregate)|dependencyCheck(Analyze|Aggregate)/.test(word))
    ? unknown('dependency-check', 'the score at which it fails is set in the build file')
    : undefined

const commands: Readonly<Record<string, (words: Words) => Scan | undefined>> = {
  trivy,
  snyk: (words) => {
    if (words.includes('monitor')) return no('snyk', 'snyk monitor only reports')
    return words.includes('test') ? yes('snyk', words[1] === 'test' ? '' : (words[1] ?? '')) : undefined
  },
  grype: (words) =>
    words[1] === 'db' || words[1] === 'version' ? undefined : needs('grype', words, ['--fail-on', '-f']),
  gosec: (words) => unless('gosec', words, '-no-fail', '--no-fail'),
  govulncheck: (words) => {
    const format = valueOf(words, '-format', '--format') ?? (has(words, '-json') ? 'json' : 'text')
    return format === 'text' ? yes('govulncheck') : no('govulncheck', `-format ${format}`)
  },
  npm: audits('npm'),
  pnpm: audits('pnpm'),
  yarn: audits('yarn'),
  'pip-audit': () => yes('pip-audit'),
  pip_audit: () => yes('pip-audit'),
  safety: (words) =>
    words[1] === 'check' || words[1] === 'scan' ? unless('safety', words, '--continue-on-error') : undefined,
  bandit: (words) => unless('bandit', words, '--exit-zero'),
  semgrep: (words) => {
    if (words[1] === 'ci') return unless('semgrep', words, '--no-error')
    return words[1] === 'scan' || has(words, '--config') ? needs('semgrep', words, ['--error']) : undefined
  },
  gitleaks: (words) => {
    if (!['detect', 'protect', 'git', 'dir'].includes(words[1] ?? '')) return undefined
    return valueOf(words, '--exit-code') === '0' ? no('gitleaks', '--exit-code 0') : yes('gitleaks')
  },
  trufflehog: (words) => (words.length > 2 ? needs('trufflehog', words, ['--fail']) : undefined),
  checkov: (words) =>
    words.length > 1 && !has(words, '--version') ? unless('checkov', words, '--soft-fail', '-s') : undefined,
  tfsec: (words) => unless('tfsec', words, '--soft-fail', '-s'),
  'osv-scanner': (words) => (words.length > 1 ? yes('osv-scanner') : undefined),
  cargo: (words) => (words[1] === 'audit' || words[1] === 'deny' ? yes(`cargo-${words[1]}`) : undefined),
  'bundle-audit': () => yes('bundle-audit'),
  'bundler-audit': () => yes('bundle-audit'),
  brakeman: (words) => unless('brakeman', words, '--no-exit-on-warn'),
  composer: (words) => (words[1] === 'audit' ? yes('composer audit') : undefined),
  dotnet: (words) => (words.includes('--vulnerable') ? no('dotnet list package', 'it never fails') : undefined),
  docker: (words) =>
    words[1] === 'scout' && words[2] === 'cves' ? needs('docker-scout', words, ['--exit-code', '-e']) : undefined,
  mvn: dependencyCheck,
  './mvnw': dependencyCheck,
  './gradlew': dependencyCheck,
  gradle: dependencyCheck,
  'audit-ci': () => yes('npm audit'),
}

/** The scanner that a command runs; undefined for any other command. */
export const commandScan = (raw: Words): Scan | undefined => {
  const words = programWords(raw)
  const program = words[0] ?? ''
  if (words.some((word) => word === '--version' || word === '--help' || word === 'version')) return undefined
  return Object.hasOwn(commands, program) ? commands[program]?.(words) : undefined
}
