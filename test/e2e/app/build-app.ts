import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { putBundles, root } from '../../bundles/build.ts'

/** The App's bundle, in a folder of its own. */
interface BuiltApp {
  bundle: string
  /** Takes the folder away. */
  remove(): void
}

/** Makes the App as it is published, with its dependencies beside it, for who is no test. */
export const buildApp = async (): Promise<BuiltApp> => {
  const folder = mkdtempSync(join(tmpdir(), 'prodgate-app-'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  await putBundles(join(folder, 'dist'))
  return { bundle: join(folder, 'dist/app.js'), remove: () => rmSync(folder, { recursive: true, force: true }) }
}
