import { join } from 'node:path'
import { inject } from 'vitest'
import type { Bundles } from './global-setup.ts'

/** What was built for this run. @throws in a file that vitest.config.ts does not name among those that need it */
const bundles = (): Bundles => {
  const made = inject('bundles') as Bundles | undefined
  if (made === undefined) throw new Error('nothing is built for this file: name it among `bundled` in vitest.config.ts')
  return made
}

/** The path of `cli.js`. */
export const builtCli = (): string => join(bundles().bare, 'cli.js')

/** The path of the Action's bundle. */
export const builtAction = (): string => join(bundles().bare, 'action.js')

/** The path of the App's bundle. */
export const builtApp = (): string => join(bundles().installed, 'app.js')

/** The folder of a database with the App's tables and nothing in them. It is to be copied, and not to be opened. */
export const emptyDatabase = (): string => bundles().database
