import type { RuleCase } from '../../src/core/rule-file.ts'
import type { Rule } from '../../src/core/rule.ts'
import { duration } from '../../src/render/words.ts'
import { codeBlock, table } from './markdown.ts'

const languages: Record<string, string> = { yaml: 'yaml', yml: 'yaml', json: 'json', xml: 'xml', md: 'markdown', sh: 'sh' }

const language = (path: string): string => {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (/^(Dockerfile|Containerfile)|\.[Dd]ockerfile$/.test(name)) return 'dockerfile'
  return languages[name.slice(name.lastIndexOf('.') + 1)] ?? ''
}

const places = (list: readonly { path: string; line: number }[]): string =>
  list.map(({ path, line }) => `\`${path}:${line}\``).join(', ')

const outcome = ({ fails, undecided, is }: RuleCase): string =>
  [
    ...(fails === undefined || fails.length === 0 ? [] : [`fails at ${places(fails)}`]),
    ...(undecided === undefined || undecided.length === 0 ? [] : [`undecided at ${places(undecided)}`]),
    ...(is === undefined ? [] : [is === 'pass' ? 'passes' : is === 'unknown' ? 'is unknown' : 'is not applicable']),
    ...(fails?.length === 0 ? ['finds nothing'] : []),
  ].join('; ')

const example = (value: RuleCase): string[] => [
  `### ${value.name[0]?.toUpperCase()}${value.name.slice(1)}: ${outcome(value)}`,
  ...(value.parameters === undefined
    ? []
    : [`With ${Object.entries(value.parameters).map(([name, set]) => `\`${name}: ${JSON.stringify(set)}\``).join(', ')}:`]),
  ...Object.entries(value.files).flatMap(([path, text]) => [`\`${path}\``, codeBlock(text, language(path))]),
]

const reference = (text: string): string => (/^https?:\/\//.test(text) ? `- <${text}>` : `- \`${text}\``)

const expressions = (rule: Rule): string[] => [
  `Asked of each [${rule.for}](../../facts.md#${rule.for.replaceAll('.', '')})${rule.evidence === undefined ? '' : `; unknown without ${rule.evidence} evidence`}.`,
  ...(rule.when === undefined ? [] : ['It applies when', codeBlock(rule.when, 'cel')]),
  ...(rule.undecided === undefined ? [] : ['It is undecided when', codeBlock(rule.undecided.when, 'cel')]),
  'It passes when',
  codeBlock(rule.expect, 'cel'),
]

/** The documentation of one rule, from its file alone. */
export const rulePage = (rule: Rule, cases: readonly RuleCase[]): string =>
  [
    `<!-- Written by scripts/write-docs.ts from rules/${rule.id}.yaml. -->`,
    `# ${rule.title}`,
    table(
      ['rule', 'severity', 'effort', 'pack'],
      [[`\`${rule.id}\``, rule.severity, duration(rule.effortMinutes), rule.pack]],
    ),
    `**Why.** ${rule.why.trim()}`,
    `**Fix.** ${rule.fix.trim()}`,
    ...(Object.keys(rule.parameters).length === 0
      ? []
      : [
          '## Parameters',
          table(['name', 'default'], Object.entries(rule.parameters).map(([name, value]) => [`\`${name}\``, `\`${JSON.stringify(value)}\``])),
        ]),
    '## What it asks',
    ...expressions(rule),
    ...(cases.length === 0 ? [] : ['## Examples', ...cases.flatMap(example)]),
    ...(rule.references.length === 0 ? [] : ['## References', rule.references.map(reference).join('\n')]),
    ...(rule.formerly.length === 0 ? [] : [`Formerly ${rule.formerly.map((name) => `\`${name}\``).join(', ')}.`]),
  ].join('\n\n') + '\n'
