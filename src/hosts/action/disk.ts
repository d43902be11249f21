import { readFileSync, realpathSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { git } from '../../adapters/disk/git.ts'
import type { Answer } from '../../ports/answer.ts'

/** Where the judged directory lies in its repository. */
export interface Location {
  /** The root of the checkout, absolute. */
  root: string
  /** The judged directory from there, with `/`; `.` for the root itself. */
  directory: string
}

const real = (path: string): string => {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/** The checkout around a directory: git's answer, else the workspace where the directory lies in it, else the directory. */
export const locate = (directory: string, workspace: string): Location => {
  const from = real(directory)
  const way = relative(real(workspace), from)
  const around = way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? from : real(workspace)
  const top = git(from, 'rev-parse', '--show-toplevel')?.trim()
  const root = top === undefined || top === '' ? around : real(top)
  return { root, directory: relative(root, from).replaceAll(sep, '/') || '.' }
}

/** Reads a file below a root, or at an absolute path; undefined where there is none. */
export const readBelow = (root: string, path: string): Promise<Answer<Uint8Array | undefined>> => {
  try {
    return Promise.resolve({ ok: true, value: readFileSync(isAbsolute(path) ? resolve(path) : join(root, path)) })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return Promise.resolve({ ok: true, value: undefined })
    return Promise.resolve({ ok: false, problem: { kind: 'rejected', message: `cannot be read: ${message}` } })
  }
}
