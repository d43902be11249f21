import type { Diagnostic } from '../core/errors.ts'
import type { HistorySource } from '../core/history.ts'
import type { Report } from '../core/report.ts'
import type { RuleSource } from '../core/rule-sources.ts'
import type { SoakProof } from '../core/soak.ts'
import type { WorkspaceFile } from './workspace.ts'

/** A file of a commit. Without `bytes` it is too large to be judged. */
export interface JudgedFile extends WorkspaceFile {
  bytes?: Uint8Array
}

/** A zip archive of a workflow run, or why it could not be had. */
export interface JudgedArchive {
  /** Stands before the paths of its files. */
  name: string
  sha: string
  createdAt: string | null
  content: { bytes: Uint8Array } | { unreadable: string }
}

/** What judging the base of a change came to. Plain data, as `KeptComparison` of src/compare.ts has it. */
export interface JudgedBase {
  findings: readonly (readonly [rule: string, fingerprints: readonly string[]])[]
  score: { low: number; high: number }
  ignores: readonly { path: string; line: number; target: number; rule: string; until: string; reason: string }[]
}

/** Everything that the verdicts on one commit depend on, as plain data that can go to another thread. */
export interface JudgeQuestion {
  files: readonly JudgedFile[]
  archives: readonly JudgedArchive[]
  policy: { path: string; text: string } | { path: string; unreadable: string } | undefined
  customRules: readonly RuleSource[] | { diagnostics: readonly Diagnostic[] }
  /** The earlier values, where the policy names a file of them. */
  history?: HistorySource | undefined
  environments: readonly {
    name: string
    signOffs: readonly { role: string; login: string }[]
    /** Where the commit ran before, for an environment that asks for it. */
    soak?: SoakProof
    /** Where the base was judged before. */
    base?: JudgedBase
  }[]
  /** The files of the base, for the environments where it was not judged before. Undefined where nothing is compared. */
  base: readonly JudgedFile[] | undefined
  trustIgnores: 'all' | 'base' | 'none'
  now: Date
  subject: Report['subject']
}

/** The verdict on one environment. */
export interface Judgement {
  environment: string
  report: Report
  base?: JudgedBase
  /** Whether more evidence may turn a no-go around without a new commit. */
  awaitsEvidence: boolean
}

/** Judges one commit, within a limit of time and memory. */
export interface Judge {
  /**
   * Rejects where there is no verdict: judging broke, took too long or too much, or was stopped.
   * @param ask gets the question, with all the files of a commit: called when there is room for them
   */
  judge(ask: () => Promise<JudgeQuestion>, signal: AbortSignal): Promise<readonly Judgement[]>
}
