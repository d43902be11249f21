import { relative, resolve } from 'node:path'
import { rules as builtin } from 'builtin-rules'
import pc from 'picocolors'
import { diskRules } from '../../../adapters/disk/rule-files.ts'
import { withCustomRules } from '../../../core/custom-rules.ts'
import { InputError, type Diagnostic } from '../../../core/errors.ts'
import { parseRule } from '../../../core/parse-rule.ts'
import { customRulesFolder, type RuleSource } from '../../../core/rule-sources.ts'
import { plain } from '../../../render/plain-text.ts'
import { count } from '../../../render/words.ts'
import { lacksProof, runCase } from '../../../rule-cases.ts'
import type { Arguments } from '../arguments.ts'
import { diagnosticText } from '../diagnostics.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Terminal } from '../terminal.ts'

interface Tally {
  rules: number
  cases: number
  failed: number
}

const testRule = async (source: RuleSource, tally: Tally, terminal: Terminal): Promise<Diagnostic[]> => {
  const { bold, red, green } = pc.createColors(terminal.color)
  const parsed = parseRule(source.text, source.path)
  if ('diagnostics' in parsed) return parsed.diagnostics
  const { rule, cases } = parsed
  tally.rules++
  terminal.out(`${bold(rule.id)}\n`)
  const say = (name: string, wrong: readonly string[]): void => {
    if (wrong.length > 0) tally.failed++
    terminal.out(`  ${wrong.length === 0 ? green('holds') : red('FAILS')}  ${plain(name)}\n`)
    for (const line of wrong) terminal.out(`         ${plain(line)}\n`)
  }
  for (const value of cases) {
    tally.cases++
    // One case after the other, so that what is said of each stands together.
    // oxlint-disable-next-line no-await-in-loop
    say(value.name, await runCase(rule, value))
  }
  const lacking = lacksProof(cases)
  if (lacking.length > 0) say('its proof', lacking)
  return []
}

/** What is wrong with rules as a whole: ids that are taken. Only where they are the custom rules of a repository. */
const clashes = (folder: string, sources: readonly RuleSource[]): Diagnostic[] => {
  const law = withCustomRules(folder.endsWith(customRulesFolder) ? builtin : [], sources)
  return 'diagnostics' in law ? law.diagnostics : []
}

/** `prodgate test-rules`: runs the cases of the rules of a folder, and returns the exit code. */
export const testRules = async ({ positionals }: Arguments, terminal: Terminal): Promise<number> => {
  const folder = relative(process.cwd(), resolve(positionals[0] ?? customRulesFolder)).replaceAll('\\', '/')
  const read = await diskRules(process.cwd(), folder)
  if ('diagnostics' in read) {
    terminal.err(diagnosticText(read.diagnostics))
    return exitCodes.usage
  }
  if (read.sources.length === 0)
    throw new InputError({ code: 'rule-unreadable', message: 'holds no rules', path: folder === '' ? '.' : folder })
  const tally: Tally = { rules: 0, cases: 0, failed: 0 }
  let broken = 0
  for (const source of read.sources)
    // oxlint-disable-next-line no-await-in-loop -- in their order
    if ((await testRule(source, tally, terminal)).length > 0) broken++
  const wrong = clashes(folder, read.sources)
  const sum = `${count(tally.rules, 'rule')}, ${count(tally.cases, 'case')}`
  terminal.out(`${sum}: ${tally.failed === 0 ? 'all hold' : `${tally.failed} failed`}\n`)
  if (wrong.length === 0) return tally.failed === 0 ? exitCodes.ok : exitCodes.noGo
  terminal.err(diagnosticText(wrong))
  if (broken > 0) terminal.err(`${count(broken, 'rule')} could not be read, and no case of theirs was run\n`)
  return exitCodes.usage
}
