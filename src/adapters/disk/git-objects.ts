import type { Answer } from '../../ports/answer.ts'
import type { CommittedFiles } from '../../ports/committed-files.ts'
import { git } from './git.ts'
import { treeEntries } from './git-tree.ts'

const refused = <T>(message: string): Answer<T> => ({ ok: false, problem: { kind: 'missing', message } })

const isCommit = /^[0-9a-f]{40,64}$/

/**
 * Files of commits that a local clone holds. Only commits named by their id can be read: a local branch may be stale, or
 * may have been moved by whoever filled the directory.
 */
export const gitObjects = (root: string): CommittedFiles => ({
  tip: (branch) => Promise.resolve(refused(`a clone does not prove where ${branch} stands`)),
  read: (commit, path) => {
    if (!isCommit.test(commit) || git(root, 'cat-file', '-e', `${commit}^{commit}`) === undefined)
      return Promise.resolve(refused(`the clone does not hold commit ${commit}`))
    const entry = git(root, 'ls-tree', '--full-tree', '-z', commit, '--', path)
    if (entry === undefined) return Promise.resolve(refused(`the clone does not hold the tree of ${commit}`))
    if (entry === '') return Promise.resolve({ ok: true, value: undefined })
    const blob = /^100(?:644|755) blob ([0-9a-f]{40,64})\t/.exec(entry)?.[1]
    // cat-file, and not show: show would run the text conversions that .gitattributes asks for.
    const text = blob === undefined ? undefined : git(root, 'cat-file', 'blob', blob)
    if (text === undefined) return Promise.resolve(refused(`${path} is not a file at ${commit}`))
    return Promise.resolve({ ok: true, value: new TextEncoder().encode(text) })
  },
  list: (commit, folder) => {
    const entries = isCommit.test(commit) ? treeEntries(root, commit, ['--full-tree', '--', folder]) : undefined
    if (entries === undefined) return Promise.resolve(refused(`the clone does not hold commit ${commit}`))
    const value = entries.map(({ file: { path, size, mode } }) => {
      const regular = mode === 'file' || mode === 'executable'
      return { path, size: regular ? size : 0, regular }
    })
    return Promise.resolve({ ok: true, value })
  },
})
