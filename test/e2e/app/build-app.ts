import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, start } from '../runner.ts'

/** The App's bundle, in a folder of its own. */
export interface BuiltApp {
  bundle: string
  /** Takes the folder away. */
  remove(): void
}

/**
 * Builds the App as it is published, with its dependencies beside it. `PRODGATE_BUILT` names a folder that was built before.
 */
export const buildApp = async (): Promise<BuiltApp> => {
  const built = process.env['PRODGATE_BUILT'] ?? ''
  if (built !== '') return { bundle: join(built, 'app.js'), remove: () => undefined }
  const folder = mkdtempSync(join(tmpdir(), 'prodgate-app-'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const { code, stderr } = await start(
    ['scripts/build.ts', join(folder, 'dist')],
    { PATH: process.env['PATH'] ?? '' },
    root,
  )
  if (code !== 0) throw new Error(`the build fails: ${stderr}`)
  return { bundle: join(folder, 'dist/app.js'), remove: () => rmSync(folder, { recursive: true, force: true }) }
}
