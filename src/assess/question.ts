import type { EvidenceGlobs } from '../collect/evidence/collect-evidence.ts'
import type { IgnoreTrust, KeptComparison } from '../compare.ts'
import type { Diagnostic } from '../core/errors.ts'
import type { HistorySource } from '../core/history.ts'
import type { Meter } from '../core/meter.ts'
import type { SoakProof } from '../core/soak.ts'
import type { Report } from '../core/report.ts'
import type { Rule } from '../core/rule.ts'
import type { RuleSource } from '../core/rule-sources.ts'
import type { EvidenceFiles } from '../ports/evidence-files.ts'
import type { ManifestRenderer } from '../ports/renderer.ts'
import type { Workspace } from '../ports/workspace.ts'

/** Everything that a verdict depends on. The same input gives the same report, byte for byte. */
export interface AssessInput {
  workspace: Workspace
  evidenceFiles: EvidenceFiles
  rules: readonly Rule[]
  /** The repository's own rules, from where the law is kept, or why they cannot be read: then there is no law. */
  customRules?: readonly RuleSource[] | { diagnostics: readonly Diagnostic[] }
  /**
   * The policy's text, from where the law is kept; undefined when there is no policy file. One that cannot be read is no-go:
   * there may be one, and it may be stricter than the recommended policy.
   */
  policy: { path: string; text: string } | { path: string; unreadable: string } | undefined
  /** Evidence globs from the command line or the Action's input; they replace the policy's for their kind. */
  evidenceGlobs?: EvidenceGlobs
  /**
   * Reads the values of earlier deployments, from where the law is kept. Asked with the policy's path for them; resolves to
   * undefined where none are kept.
   */
  history?: (path: string | undefined) => Promise<HistorySource | undefined>
  /** The one that is asked about; without it the one that the policy's reader means. See `defaultEnvironment`. */
  environment?: string
  /** Renders kustomizations and charts; without one, what needs it stays unknown. */
  renderer?: ManifestRenderer | undefined
  /** The tree that a pull request is compared with: what it has too is marked, and blocks nobody. */
  base?: Workspace
  /** What judging the base came to before, by the same law on the same day, in place of `base`. */
  comparison?: KeptComparison
  /** Who signed the commit off for the environment, in which role. */
  signOffs?: readonly { role: string; login: string }[]
  /** Where the commit ran before, for an environment that asks for it; undefined where nobody can know. */
  soak?: SoakProof
  /** Which comments in the judged files may excuse findings; `base` where there is a base, else `all`. */
  trustIgnores?: IgnoreTrust
  now: Date
  subject: Report['subject']
  version: string
  /** For benchmarks. */
  meter?: Meter
}

/** The report, and what was wrong with the policy or the rules where they could not be applied. */
export interface Assessment {
  report: Report
  diagnostics: readonly Diagnostic[]
  /** The history with this decision in it, where one is kept and the decision lets a commit through. */
  history?: { path: string; text: string }
  /** What judging the base came to, where there is one. */
  comparison?: KeptComparison
  /** Whether nothing but evidence stands in the way: more of it may turn the no-go around without a new commit. */
  awaitsEvidence: boolean
}
