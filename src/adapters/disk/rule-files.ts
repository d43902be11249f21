import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Diagnostic } from '../../core/errors.ts'
import { isCustomRule, readRuleSources, type RuleEntry, type RuleSource } from '../../core/rule-sources.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { walk } from './walk.ts'

const entryOf = (root: string, path: string): RuleEntry => {
  const stat = lstatSync(join(root, path))
  return { path, size: stat.size, regular: stat.isFile() }
}

/**
 * Reads the rules of a folder on the disk, whether or not git tracks them.
 * @param root what the rules' paths are relative to
 * @param folder below the root, with `/`; one that is not there holds no rules
 */
export const diskRules = (
  root: string,
  folder: string,
): Promise<{ sources: RuleSource[] } | { diagnostics: Diagnostic[] }> => {
  const entries = walk(join(root, folder), () => true)
    .filter(({ path }) => /\.ya?ml$/.test(path))
    .map(({ path }) => entryOf(root, folder === '' ? path : `${folder}/${path}`))
  return readRuleSources(entries, (path) => Promise.resolve(readFileSync(join(root, path))), folder)
}

/** Reads the custom rules of a tree. */
export const treeRules = async (
  tree: Workspace,
): Promise<{ sources: RuleSource[] } | { diagnostics: Diagnostic[] }> => {
  const entries = (await tree.list())
    .filter(({ path }) => isCustomRule(path))
    .map(({ path, size, mode }) => ({ path, size, regular: mode === 'file' || mode === 'executable' }))
  return readRuleSources(entries, (path) => tree.read(path))
}
