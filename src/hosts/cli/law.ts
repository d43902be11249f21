import { resolve } from 'node:path'
import { mergeBase } from '../../adapters/disk/git.ts'
import { gitTree } from '../../adapters/disk/git-tree.ts'
import { diskRules, treeRules } from '../../adapters/disk/rule-files.ts'
import { InputError, type Diagnostic } from '../../core/errors.ts'
import type { AssessInput } from '../../assess.ts'
import type { Rule } from '../../core/rule.ts'
import { customRulesFolder, type RuleSource } from '../../core/rule-sources.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { diskHistory, treeHistory } from './history-source.ts'
import { decodePolicy, findPolicy, policyPaths, readPolicy, type PolicySource } from './policy-source.ts'

/** What a directory is judged by, and the tree that it is compared with. */
export interface Law {
  policy: PolicySource | undefined
  customRules: readonly RuleSource[]
  base?: Workspace
  history: NonNullable<AssessInput['history']>
}

const refuse = ([first, ...more]: readonly Diagnostic[]): never => {
  if (first === undefined) throw new TypeError('refused for no reason')
  throw new InputError(first, ...more)
}

const sourcesOf = (read: { sources: RuleSource[] } | { diagnostics: Diagnostic[] }): RuleSource[] =>
  'sources' in read ? read.sources : refuse(read.diagnostics)

/**
 * The custom rules of a directory on the disk.
 * @throws InputError where one cannot be read
 */
const customRulesOf = async (root: string): Promise<RuleSource[]> => sourcesOf(await diskRules(root, customRulesFolder))

/**
 * The built-in rules and the custom ones of a directory.
 * @throws InputError where one cannot be read or has a mistake
 */
export const allRules = async (root: string, builtin: readonly Rule[]): Promise<readonly Rule[]> => {
  const custom = await customRulesOf(root)
  if (custom.length === 0) return builtin
  const { withCustomRules } = await import('../../core/custom-rules.ts')
  const law = withCustomRules(builtin, custom)
  return 'rules' in law ? law.rules : refuse(law.diagnostics)
}

const policyOf = async (tree: Workspace, ref: string): Promise<PolicySource | undefined> => {
  const paths = new Set((await tree.list()).map(({ path }) => path))
  const path = policyPaths.find((candidate) => paths.has(candidate))
  return path === undefined ? undefined : decodePolicy(await tree.read(path), `${ref}:${path}`)
}

/**
 * Finds the policy and the custom rules: those of the directory, or with a base those of the base's newest commit, since the
 * accused does not write the law. What a change adds is seen against the commit where it left the base.
 * @param named the policy's file, where one is named
 * @throws InputError for what cannot be read, and for a base that is no commit
 */
export const findLaw = async (root: string, named: string | undefined, ref: string | undefined): Promise<Law> => {
  if (ref === undefined)
    return {
      policy: findPolicy(root, named),
      customRules: await customRulesOf(root),
      history: (path) => Promise.resolve(path === undefined ? undefined : diskHistory(resolve(root, path), path)),
    }
  const tip = gitTree(root, ref)
  const rules = sourcesOf(await treeRules(tip)).map(({ path, text }) => ({ path: `${ref}:${path}`, text }))
  const policy = named === undefined ? await policyOf(tip, ref) : readPolicy(resolve(named), named)
  const fork = mergeBase(root, ref)
  return {
    policy,
    customRules: rules,
    base: fork === undefined ? tip : gitTree(root, fork),
    history: async (path) => (path === undefined ? undefined : treeHistory(tip, ref, path)),
  }
}
