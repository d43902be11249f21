import type { Problem } from '../../ports/answer.ts'
import type { CommittedFiles } from '../../ports/committed-files.ts'

const refuse = (message: string) => ({ ok: false as const, problem: { kind: 'missing' as const, message } })

/** Commits held in memory, for tests: branches by name, and each commit's files. A `problem` is the answer to everything. */
export const memoryCommits = (
  branches: Record<string, string>,
  commits: Record<string, Record<string, string>>,
  problem?: Problem,
): CommittedFiles => {
  return {
    tip: (branch) => {
      const commit = branches[branch]
      if (problem !== undefined) return Promise.resolve({ ok: false, problem })
      return Promise.resolve(commit === undefined ? refuse(`no branch ${branch}`) : { ok: true, value: commit })
    },
    read: (commit, path) => {
      const files = commits[commit]
      if (problem !== undefined) return Promise.resolve({ ok: false, problem })
      if (files === undefined) return Promise.resolve(refuse(`no commit ${commit}`))
      const text = files[path]
      return Promise.resolve({ ok: true, value: text === undefined ? undefined : new TextEncoder().encode(text) })
    },
    list: (commit, folder) => {
      const files = commits[commit]
      if (problem !== undefined) return Promise.resolve({ ok: false, problem })
      if (files === undefined) return Promise.resolve(refuse(`no commit ${commit}`))
      const below = Object.entries(files).filter(([path]) => path.startsWith(`${folder}/`))
      const value = below.map(([path, text]) => ({ path, size: text.length, regular: true }))
      return Promise.resolve({ ok: true, value })
    },
  }
}
