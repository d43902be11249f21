import type { Diagnostic } from '../core/errors.ts'
import { customRulesFolder, isCustomRule, readRuleSources } from '../core/rule-sources.ts'
import type { Problem } from '../ports/answer.ts'
import type { CommittedFiles } from '../ports/committed-files.ts'
import type { JudgeQuestion } from '../ports/judge.ts'
import { ForgeProblem, isPassing } from './forge-problem.ts'

/** Where a repository keeps its policy. */
export const policyPath = '.github/prodgate.yml'

/** A policy larger than this is refused. Bytes. */
const maxPolicySize = 1_000_000

/** The policy and the custom rules of one commit. */
export interface LawText {
  policy: JudgeQuestion['policy']
  customRules: JudgeQuestion['customRules']
  /** One sentence for people. */
  origin: string
}

const decode = (bytes: Uint8Array): JudgeQuestion['policy'] => {
  const path = policyPath
  if (bytes.length > maxPolicySize) return { path, unreadable: 'is larger than 1 MB' }
  try {
    return { path, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { path, unreadable: 'is not UTF-8 text' }
  }
}

/** What is not readable now and may be later is a problem of the job; what stays so is a law that cannot be read. */
const refused = (problem: Problem, what: string): string => {
  if (isPassing(problem)) throw new ForgeProblem(problem, what)
  return `${what}: ${problem.message}`
}

const unreadableRules = (message: string): { diagnostics: Diagnostic[] } => ({
  diagnostics: [{ code: 'rule-unreadable', message, path: customRulesFolder }],
})

const rulesAt = async (files: CommittedFiles, commit: string): Promise<JudgeQuestion['customRules']> => {
  const listed = await files.list(commit, customRulesFolder)
  if (!listed.ok) return unreadableRules(refused(listed.problem, 'cannot be listed'))
  let passing: ForgeProblem | undefined
  const entries = listed.value.filter(({ path }) => isCustomRule(path))
  const read = await readRuleSources(entries, async (path) => {
    const file = await files.read(commit, path)
    if (!file.ok) {
      if (isPassing(file.problem)) passing ??= new ForgeProblem(file.problem, `${path} cannot be read`)
      throw new Error(`cannot be read: ${file.problem.message}`)
    }
    if (file.value === undefined) throw new Error('was listed and is not there')
    return file.value
  })
  if (passing !== undefined) throw passing
  return 'sources' in read ? read.sources : read
}

/** Reads the law of one commit; `policy` is undefined where the commit has none. */
export const readLaw = async (files: CommittedFiles, commit: string, where: string): Promise<LawText> => {
  const at = `${where} at ${commit.slice(0, 12)}`
  const file = await files.read(commit, policyPath)
  if (!file.ok) {
    const unreadable = refused(file.problem, `cannot be read from ${at}`)
    return { policy: { path: policyPath, unreadable }, customRules: [], origin: '' }
  }
  const customRules = await rulesAt(files, commit)
  if (file.value === undefined) return { policy: undefined, customRules, origin: `${at} has no ${policyPath}` }
  return { policy: decode(file.value), customRules, origin: `Judged by ${policyPath} of ${at}.` }
}
