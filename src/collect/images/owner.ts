import type { TextFile } from '../collector.ts'
import type { Tree } from '../tree.ts'
import { jobsOf } from '../workflows/job.ts'

/** A larger file is no place where an owner is named. Bytes. */
const maxSize = 200_000

/** Whether a file may name the account that owns the repository. */
export const mayNameOwner = (path: string, size: number): boolean =>
  size <= maxSize && /^(?:README\.md|(?:\.github\/|docs\/)?CODEOWNERS|go\.mod|package\.json)$/.test(path)

/** What only the owner's own repository says of it: a condition, a team of code owners, a badge, the module's own name. */
const patterns: Readonly<Record<string, RegExp>> = {
  'README.md': /github\.com\/([A-Za-z\d-]{1,39})\/[\w.-]{1,100}\/(?:actions\/)?workflows\//,
  CODEOWNERS: /(?:^|\s)@([A-Za-z\d-]{1,39})\/[\w.-]/,
  'go.mod': /^module[ \t]+github\.com\/([A-Za-z\d-]{1,39})\//m,
  'package.json': /"repository"\s{0,9}:[^{}]{0,20}\{?[^{}]{0,200}?github(?:\.com[/:]|:)([A-Za-z\d-]{1,39})\//,
}

const condition = /github\.repository(?:_owner)?\s{0,4}[!=]=\s{0,4}'([A-Za-z\d-]{1,39})(?:\/[\w.-]{1,100})?'/

const owners = new WeakMap<Tree, Map<string, string>>()

/** Notes the owner that a file names. */
export const noteOwner = ({ path, text }: TextFile, tree: Tree): void => {
  const owner = patterns[path.slice(path.lastIndexOf('/') + 1)]?.exec(text)?.[1]
  if (owner === undefined) return
  const known = owners.get(tree) ?? new Map<string, string>()
  owners.set(tree, known.set(path, owner))
}

/** The account that owns the repository, and who says so. */
export interface Owner {
  name: string
  because: string
  /** `owner/name`, where that is known too. */
  repository?: string
}

/** The account that owns the repository: the forge's own word, else a file's; undefined where none names it, or where they disagree. */
export const ownerOf = (tree: Tree): Owner | undefined => {
  const { repository } = tree
  const account = repository?.split('/')[0] ?? ''
  if (repository !== undefined && account !== '')
    return { name: account, repository, because: `the repository is ${repository}` }
  const found = new Map(owners.get(tree))
  for (const { value, path } of jobsOf(tree)) {
    const name = condition.exec(JSON.stringify(value['if'] ?? ''))?.[1]
    if (name !== undefined) found.set(path, name)
  }
  const [first] = found
  if (first === undefined || new Set(found.values()).size > 1) return undefined
  return { name: first[1], because: `${first[0]} names the owner ${first[1]}` }
}
