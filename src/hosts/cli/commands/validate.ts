import { rules as builtin } from 'builtin-rules'
import { parsePolicy, recommendedPolicy, type Policy } from '../../../core/policy.ts'
import type { Environment } from '../../../core/policy-file.ts'
import type { Rule } from '../../../core/rule.ts'
import { plain } from '../../../render/plain-text.ts'
import { count } from '../../../render/words.ts'
import { nowOption, type Arguments } from '../arguments.ts'
import { diagnosticText } from '../diagnostics.ts'
import { exitCodes } from '../exit-codes.ts'
import { allRules } from '../law.ts'
import { findPolicy } from '../policy-source.ts'
import type { Terminal } from '../terminal.ts'

const environmentText = (name: string, environment: Environment): string => {
  const { blocking, names = [], soak, windows, deadline, mode } = environment
  const roles = environment['sign-offs'].map(({ role }) => role)
  return [
    `  ${name}: ${blocking} and above block, score of at least ${environment['minimum-score']}`,
    ...(names.length === 0 ? [] : [`also named ${names.join(', ')}`]),
    ...(roles.length === 0 ? [] : [`sign-off of ${roles.join(', ')}`]),
    ...(soak === undefined ? [] : [`${soak.for} in ${soak.environment} first`]),
    ...windows.map(({ days, hours, 'time-zone': zone }) => `${days} ${hours} ${zone}`),
    `answered within ${deadline}`,
    ...(mode === 'observe' ? ['observed only: nothing is held back'] : []),
  ].join('; ')
}

const ruleLines = (policy: Policy, rules: readonly Rule[]): string[] => {
  const usual = new Map<string, Rule>(rules.map((rule) => [rule.id, rule]))
  const on = new Set(policy.rules.map(({ id }) => id))
  const changed = policy.rules.flatMap((rule) => {
    const before = usual.get(rule.id)
    const changes = [
      ...(before !== undefined && before.severity !== rule.severity ? [`${before.severity} → ${rule.severity}`] : []),
      ...Object.entries(rule.parameters)
        .filter(([name, value]) => JSON.stringify(before?.parameters[name]) !== JSON.stringify(value))
        .map(([name, value]) => `${name} ${JSON.stringify(value)}`),
      ...(before?.pack === 'all' ? ['on'] : []),
    ]
    return changes.length === 0 ? [] : [`  ${rule.id}: ${changes.join(', ')}`]
  })
  const off = rules.filter(({ id, pack }) => pack === 'recommended' && !on.has(id)).map(({ id }) => `  ${id}: off`)
  return [`Rules: ${count(on.size, 'rule')} on`, ...changed, ...off]
}

const section = (title: string, lines: string[]): string[] => (lines.length === 0 ? [] : [title, ...lines])

const meaning = (policy: Policy, rules: readonly Rule[], now: Date): string => {
  const services = Object.entries(policy.services).map(
    ([name, { paths, environments }]) => `  ${name}: ${paths.join(', ')} in ${environments.join(', ')}`,
  )
  const evidence = Object.entries(policy.evidence).map(([kind, globs = []]) => `  ${kind}: ${globs.join(', ')}`)
  const waivers = policy.waivers.map((waiver) => {
    const { rule, owner, expires, paths = ['everything'], reason } = waiver
    return `  ${rule}: ${now.getTime() < Date.parse(expires) ? 'until' : 'EXPIRED on'} ${expires}, by ${owner}, for ${paths.join(', ')}: ${reason}`
  })
  const environments = Object.entries(policy.environments).map(([name, value]) => environmentText(name, value))
  return [
    ...section('Environments:', environments),
    ...section('Services:', services),
    ...ruleLines(policy, rules),
    ...section('Evidence:', evidence),
    ...section('Waivers:', waivers),
    `Ignored: ${policy.ignore.length === 0 ? 'nothing' : policy.ignore.join(', ')}`,
  ]
    .map((line) => `${/^ */.exec(line)?.[0] ?? ''}${plain(line)}\n`)
    .join('')
}

/** `prodgate validate`: says what is wrong with a policy or what it means, and returns the exit code. */
export const validate = async (args: Arguments, terminal: Terminal): Promise<number> => {
  const rules = await allRules(process.cwd(), builtin)
  const source = findPolicy(process.cwd(), args.positionals[0])
  const now = nowOption(args)
  if (source === undefined) {
    terminal.out(
      `There is no policy file here: the recommended policy applies.\n${meaning(recommendedPolicy(rules), rules, now)}`,
    )
    return exitCodes.ok
  }
  const parsed = parsePolicy(source.text, source.path, rules)
  if ('diagnostics' in parsed) {
    terminal.err(diagnosticText(parsed.diagnostics))
    return exitCodes.usage
  }
  terminal.out(`${plain(source.path)} is valid.\n${meaning(parsed.policy, rules, now)}`)
  return exitCodes.ok
}
