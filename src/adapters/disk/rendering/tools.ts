import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import type { RenderRequest } from '../../../ports/renderer.ts'

/** A tool on this machine, and the words before the folder that it renders. */
export interface Tool {
  path: string
  words: readonly string[]
}

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** The program of a name on the machine's path, with no symbolic link on the way to it. Relative entries do not count. */
export const findProgram = (name: string, searchPath: string): string | undefined => {
  const names = process.platform === 'win32' ? [`${name}.exe`] : [name]
  for (const folder of searchPath.split(delimiter))
    // The judged tree may be the working directory, and its programs must not be started.
    for (const file of isAbsolute(folder) ? names : []) {
      const path = join(folder, file)
      if (isProgram(path)) return realpathSync(path)
    }
  return undefined
}

const kustomizeWords = ['--load-restrictor', 'LoadRestrictionsRootOnly']

/** What renders here, if anything does: kustomize, or the one in kubectl; helm. */
export const findTool = (tool: RenderRequest['tool'], searchPath: string): Tool | undefined => {
  const path = findProgram(tool, searchPath)
  if (path !== undefined) return { path, words: tool === 'helm' ? ['template'] : ['build', ...kustomizeWords] }
  const kubectl = tool === 'kustomize' ? findProgram('kubectl', searchPath) : undefined
  return kubectl === undefined ? undefined : { path: kubectl, words: ['kustomize', ...kustomizeWords] }
}
