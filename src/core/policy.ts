import { criteriaMistake, looksLikeCriteria } from './criteria.ts'
import { isScalar } from 'yaml'
import type { Diagnostic } from './errors.ts'
import type { Parameters } from './expression.ts'
import { environmentNamed } from './environment-name.ts'
import { durationMs, Environment, PolicyFile, type Waiver } from './policy-file.ts'
import type { EvidenceKind } from './evidence-kinds.ts'
import type { Rule } from './rule.ts'
import type { Severity } from './severity.ts'
import { nodeAt, parseYamlSource, zodDiagnostics, type YamlSource } from './yaml-source.ts'

/** The law for one repository: every rule that is on, with its level and thresholds, and what each environment asks. */
export interface Policy {
  /** Where it was read; undefined for the recommended policy that applies when there is no file. */
  path?: string
  environments: Record<string, Environment>
  services: PolicyFile['services']
  rules: readonly Rule[]
  evidence: { [Kind in EvidenceKind]?: readonly string[] | undefined }
  /** Older evidence does not count. Milliseconds; undefined where age does not matter. */
  evidenceMaxAge: number | undefined
  /** `head`: what the globs name was made by the run that judges. `known`: evidence of an unknown commit does not count. */
  evidenceCommit: PolicyFile['evidence']['commit']
  /** Globs of evidence that counts though git tracks it. */
  evidenceCommitted: readonly string[]
  /** Globs of archives that hold evidence; undefined for the usual ones. */
  evidenceArchives: readonly string[] | undefined
  /** Where earlier values are kept, a path in the repository; undefined where none are. */
  history: string | undefined
  ignore: readonly string[]
  waivers: readonly Waiver[]
}

/** Paths that hold other people's code or test data rather than what is deployed. `ignore` in the policy replaces them. */
export const defaultIgnore: readonly string[] = [
  '**/node_modules/**',
  '**/vendor/**',
  '**/third_party/**',
  '**/testdata/**',
  '**/fixtures/**',
  '**/__fixtures__/**',
]

/** The environments of a policy that names none. */
export const defaultEnvironments = (): Record<string, Environment> => ({
  staging: Environment.parse({ blocking: 'critical', 'minimum-score': 50 }),
  production: Environment.parse({ names: ['production', 'prod', 'prod-*', 'production-*'] }),
})

const sameType = (a: Parameters[string], b: Parameters[string]): boolean =>
  Array.isArray(a) ? Array.isArray(b) : typeof a === typeof b

type Say = (keys: PropertyKey[], message: string, offset?: number) => void

/** Criteria are one text or a list of them, whichever their default is. */
const sayCriteria = (keys: PropertyKey[], value: Parameters[string], say: Say): void => {
  if (typeof value !== 'string' && !Array.isArray(value)) {
    say(keys, 'is no criterion such as "<=200" or "<=+10%"')
    return
  }
  const mistake = criteriaMistake(value as string | readonly string[])
  if (mistake === undefined) return
  say(typeof value === 'string' ? keys : [...keys, mistake.index], mistake.message, mistake.offset)
}

/** The rules that a policy turns on, with its severities and thresholds put in. */
const applySettings = (file: PolicyFile, rules: readonly Rule[], say: Say): Rule[] => {
  const byName = new Map(rules.flatMap((rule) => [rule.id, ...rule.formerly].map((name) => [name, rule] as const)))
  const settings = new Map<Rule, PolicyFile['rules'][string]>()
  for (const [name, setting] of Object.entries(file.rules)) {
    const rule = byName.get(name)
    if (rule === undefined) say(['rules', name], `there is no rule "${name}"`)
    else settings.set(rule, setting)
  }
  for (const [index, waiver] of file.waivers.entries())
    if (!byName.has(waiver.rule)) say(['waivers', index, 'rule'], `there is no rule "${waiver.rule}"`)
  const all = file.extends.includes('all')
  // An empty list turns on nothing but what `rules` names.
  const recommended = file.extends.includes('recommended')
  return rules.flatMap((rule) => {
    const setting = settings.get(rule)
    if (setting === 'off' || setting === false) return []
    if (setting === undefined) return all || (recommended && rule.pack === 'recommended') ? [rule] : []
    if (setting === 'on') return [rule]
    if (typeof setting === 'string') return [{ ...rule, severity: setting }]
    const { severity, ...parameters } = setting as { severity?: Severity } & Parameters
    for (const [name, value] of Object.entries(parameters)) {
      const known = rule.parameters[name]
      if (known === undefined) say(['rules', rule.id, name], `rule ${rule.id} has no parameter "${name}"`)
      else if (looksLikeCriteria(known)) sayCriteria(['rules', rule.id, name], value, say)
      else if (!sameType(known, value))
        say(['rules', rule.id, name], `is not of the type of its default, ${String(known)}`)
    }
    return [
      {
        ...rule,
        severity: severity ?? rule.severity,
        parameters: { ...rule.parameters, ...parameters } as Rule['parameters'],
      },
    ]
  })
}

/** An environment that waits for a commit to run in it first waits for ever. */
const saySoaks = (environments: NonNullable<PolicyFile['environments']>, say: Say): void => {
  for (const [name, { soak }] of Object.entries(environments))
    if (soak !== undefined && environmentNamed(environments, soak.environment) === name)
      say(['environments', name, 'soak', 'environment'], `"${soak.environment}" is the environment itself`)
}

/** Where in the file a character of a text stands; exact for what is written on one line. */
const offsetOf = (source: YamlSource, keys: PropertyKey[], within: number): number => {
  const node = nodeAt(source, keys)
  const quoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') ? 1 : 0
  return (node?.range?.[0] ?? 0) + (within === 0 ? 0 : within + quoted)
}

const fromFile = (
  file: PolicyFile,
  rules: readonly Rule[],
  source?: YamlSource,
): { policy: Policy } | { diagnostics: Diagnostic[] } => {
  const diagnostics: Diagnostic[] = []
  const say: Say = (keys, message, within = 0) => {
    const offset = source === undefined ? 0 : offsetOf(source, keys, within)
    diagnostics.push({
      code: 'policy-invalid',
      message,
      ...(source === undefined ? {} : { path: source.path, ...source.at(offset) }),
    })
  }
  const applied = applySettings(file, rules, say)
  saySoaks(file.environments ?? {}, say)
  if (diagnostics.length > 0) return { diagnostics }
  const formerly = new Map(rules.flatMap((rule) => rule.formerly.map((name) => [name, rule.id] as const)))
  const { 'max-age': maxAge, commit, committed = [], archives, workflows: _, ...evidence } = file.evidence
  return {
    policy: {
      ...(source === undefined ? {} : { path: source.path }),
      environments: file.environments ?? defaultEnvironments(),
      services: file.services,
      rules: applied,
      evidence,
      evidenceMaxAge: maxAge === undefined ? undefined : durationMs(maxAge),
      evidenceCommit: commit,
      evidenceCommitted: committed,
      evidenceArchives: archives,
      history: file.history,
      ignore: file.ignore ?? defaultIgnore,
      waivers: file.waivers.map((waiver) => ({ ...waiver, rule: formerly.get(waiver.rule) ?? waiver.rule })),
    },
  }
}

/** The policy of a repository that has none: the recommended rules, `staging` and `production`. */
export const recommendedPolicy = (rules: readonly Rule[]): Policy => {
  const result = fromFile(PolicyFile.parse({ version: 1 }), rules)
  if ('diagnostics' in result) throw new Error('the recommended policy is invalid')
  return result.policy
}

/** Reads a policy file against the rules it may name. Everything that is wrong comes back with line and column. */
export const parsePolicy = (
  text: string,
  path: string,
  rules: readonly Rule[],
): { policy: Policy } | { diagnostics: Diagnostic[] } => {
  const parsed = parseYamlSource(text, path, 'policy-syntax')
  if ('diagnostics' in parsed) return parsed
  let data: unknown
  try {
    data = parsed.source.document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    return {
      diagnostics: [{ code: 'policy-syntax', message: error instanceof Error ? error.message : 'aliases', path }],
    }
  }
  const checked = PolicyFile.safeParse(data)
  if (!checked.success) return { diagnostics: zodDiagnostics(checked.error, parsed.source, 'policy-invalid') }
  return fromFile(checked.data, rules, parsed.source)
}

/** The environment that a name stands for. See `environmentNamed`. */
export const findEnvironment = (policy: Policy, name: string): Environment | undefined => {
  const key = environmentNamed(policy.environments, name)
  return key === undefined ? undefined : policy.environments[key]
}
