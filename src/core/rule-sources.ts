import type { Diagnostic } from './errors.ts'

/** Where a repository keeps rules of its own, below its root. */
export const customRulesFolder = '.github/prodgate/rules'

/** A rule file's text and the name to call it by. */
export interface RuleSource {
  path: string
  text: string
}

/** A rule file before it is read. `size` is in bytes. */
export interface RuleEntry {
  path: string
  size: number
  /** False for a symbolic link or a submodule, which are never followed. */
  regular: boolean
}

/** A rule is a screen or two; this is room for many cases. Bytes. */
export const maxRuleSize = 200_000

/** All rules of a repository together. Bytes. */
const maxTotalSize = 10_000_000

/** Rules of its own that a repository may have; more is refused. */
export const maxRules = 500

/** Whether a path, relative to the judged directory, is that of a custom rule. */
export const isCustomRule = (path: string): boolean => path.startsWith(`${customRulesFolder}/`) && /\.ya?ml$/.test(path)

const problem = (path: string, message: string): Diagnostic => ({ code: 'rule-unreadable', message, path })

/**
 * Reads rule files, within bounds. One that cannot be read is told, and never left out in silence.
 * @param read gives the bytes of a file, or rejects with the reason
 * @param folder what to call the place where too many rules stand
 */
export const readRuleSources = async (
  entries: readonly RuleEntry[],
  read: (path: string) => Promise<Uint8Array>,
  folder: string = customRulesFolder,
): Promise<{ sources: RuleSource[] } | { diagnostics: Diagnostic[] }> => {
  if (entries.length > maxRules) return { diagnostics: [problem(folder, `holds more than ${maxRules} rules`)] }
  if (entries.reduce((sum, { size }) => sum + size, 0) > maxTotalSize)
    return { diagnostics: [problem(folder, `holds more than ${maxTotalSize / 1_000_000} MB of rules`)] }
  const diagnostics: Diagnostic[] = []
  const sources: RuleSource[] = []
  for (const { path, size, regular } of entries.toSorted((a, b) => (a.path < b.path ? -1 : 1)))
    try {
      if (!regular) throw new Error('is not a regular file')
      if (size > maxRuleSize) throw new Error(`is larger than ${maxRuleSize / 1000} kB`)
      const bytes = await read(path)
      if (bytes.length > maxRuleSize) throw new Error(`is larger than ${maxRuleSize / 1000} kB`)
      sources.push({ path, text: decode(bytes) })
    } catch (error) {
      diagnostics.push(problem(path, error instanceof Error ? error.message : String(error)))
    }
  return diagnostics.length > 0 ? { diagnostics } : { sources }
}

const decode = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Error('is not UTF-8 text')
  }
}
