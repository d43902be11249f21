import { assess, type AssessInput } from './assess.ts'
import type { Rule } from './core/rule.ts'
import type { EvidenceFiles } from './ports/evidence-files.ts'
import type { JudgedArchive, JudgedFile, Judgement, JudgeQuestion } from './ports/judge.ts'
import type { Workspace } from './ports/workspace.ts'

/** Turns the archives of workflow runs into the files of evidence in them; what cannot be opened is refused there, and not left out. */
export type OpenArchives = (archives: readonly JudgedArchive[]) => Promise<EvidenceFiles>

/** What judging needs beside the question, and what does not go to another thread. */
export interface Judges {
  rules: readonly Rule[]
  version: string
  openArchives: OpenArchives
  renderer?: AssessInput['renderer']
}

const workspaceOf = (files: readonly JudgedFile[]): Workspace => {
  const bytes = new Map(files.map((file) => [file.path, file.bytes]))
  return {
    list: () => Promise.resolve(files.map(({ path, size, mode }) => ({ path, size, mode }))),
    read: (path) => {
      const content = bytes.get(path)
      return content === undefined
        ? Promise.reject(new Error(bytes.has(path) ? 'is too large to be judged' : `there is no ${path}`))
        : Promise.resolve(content)
    },
  }
}

/** Judges a commit for each environment that is asked about, one after the other. */
export const answerQuestion = async (
  question: JudgeQuestion,
  { rules, version, openArchives, renderer }: Judges,
): Promise<Judgement[]> => {
  const workspace = workspaceOf(question.files)
  const evidenceFiles = await openArchives(question.archives)
  const base = question.base === undefined ? undefined : workspaceOf(question.base)
  const judgements: Judgement[] = []
  for (const { name, signOffs, soak, base: kept } of question.environments) {
    const compared = kept !== undefined ? { comparison: kept } : base !== undefined ? { base } : {}
    // oxlint-disable-next-line no-await-in-loop -- each takes all of a core
    const { report, comparison, awaitsEvidence } = await assess({
      workspace,
      evidenceFiles,
      rules,
      version,
      customRules: question.customRules,
      policy: question.policy,
      history: (path) => Promise.resolve(path === undefined ? undefined : question.history),
      environment: name,
      signOffs,
      ...(soak === undefined ? {} : { soak }),
      trustIgnores: question.trustIgnores,
      now: question.now,
      subject: question.subject,
      renderer,
      ...compared,
    })
    judgements.push({
      environment: name,
      report,
      awaitsEvidence,
      ...(comparison === undefined ? {} : { base: comparison }),
    })
  }
  return judgements
}
