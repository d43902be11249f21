import { execFile } from 'node:child_process'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

export const root = join(import.meta.dirname, '../..')

/**
 * Puts the bundles, as they are published, into a folder: built now, or copied from the one that `PRODGATE_BUILT` names.
 * @throws with what the build said
 */
export const putBundles = async (folder: string): Promise<void> => {
  const built = process.env['PRODGATE_BUILT'] ?? ''
  if (built !== '') await cp(built, folder, { recursive: true })
  else await promisify(execFile)(join(root, 'node_modules/.bin/node'), [join(root, 'scripts/build.ts'), folder])
}
