import type { AssessInput } from '../../assess.ts'
import { customRulesFolder, isCustomRule, readRuleSources } from '../../core/rule-sources.ts'
import type { CommittedFiles } from '../../ports/committed-files.ts'

type CustomRules = NonNullable<AssessInput['customRules']>

const unreadable = (message: string): CustomRules => ({
  diagnostics: [{ code: 'rule-unreadable', message, path: customRulesFolder }],
})

const readFrom = async (files: CommittedFiles, commit: string): Promise<CustomRules> => {
  const listed = await files.list(commit, customRulesFolder)
  if (!listed.ok) return unreadable(`cannot be listed at ${commit.slice(0, 12)}: ${listed.problem.message}`)
  const entries = listed.value.filter(({ path }) => isCustomRule(path))
  const read = await readRuleSources(entries, async (path) => {
    const file = await files.read(commit, path)
    if (!file.ok) throw new Error(`cannot be read at ${commit.slice(0, 12)}: ${file.problem.message}`)
    if (file.value === undefined) throw new Error(`was listed at ${commit.slice(0, 12)} and is not there`)
    return file.value
  })
  return 'sources' in read ? read.sources : read
}

/**
 * The repository's own rules as a commit has them: from the clone where it holds the commit, since an id cannot lie, else from
 * GitHub. Where neither tells, that is a mistake in the rules and not their absence.
 */
export const rulesAt = async (
  commit: string,
  { clone, forge }: { clone: CommittedFiles; forge: CommittedFiles | undefined },
): Promise<CustomRules> => {
  const near = await readFrom(clone, commit)
  if (!('diagnostics' in near) || forge === undefined) return near
  return await readFrom(forge, commit)
}
