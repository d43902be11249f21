import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { embeddedPostgres } from '../../src/adapters/postgres/embedded.ts'
import { startQueue } from '../../src/adapters/postgres/queue.ts'
import { openStore } from '../../src/adapters/postgres/store.ts'
import { putBundles, root } from './build.ts'

/** What was made once, for all files of tests that want it. Paths. */
export interface Bundles {
  /** With nothing installed beside it, as a runner has the Action and a user the command line. */
  bare: string
  /** With its dependencies beside it, as the App's image has it. */
  installed: string
  /** The folder of an embedded database with the App's tables and nothing in them. To be copied: one process may open it. */
  database: string
}

declare module 'vitest' {
  interface ProvidedContext {
    bundles: Bundles
  }
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

const makeDatabase = async (folder: string): Promise<void> => {
  const database = await embeddedPostgres(folder)
  const queue = await startQueue(database, silent)
  await openStore(database, queue)
  await queue.stop(1000)
  await database.close()
}

/** Builds once, and not in each file of tests. Runs where one of them is run. */
export const setup = async ({ provide }: TestProject): Promise<() => void> => {
  const folder = mkdtempSync(join(tmpdir(), 'prodgate-bundles-'))
  const [bare, installed] = [join(folder, 'bare'), join(folder, 'installed')]
  for (const place of [bare, installed]) {
    mkdirSync(place)
    writeFileSync(join(place, 'package.json'), '{"type":"module"}')
  }
  // The one takes one core, the other another.
  await Promise.all([putBundles(join(bare, 'dist')), makeDatabase(join(folder, 'database'))])
  cpSync(join(bare, 'dist'), join(installed, 'dist'), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(installed, 'node_modules'))
  provide('bundles', {
    bare: join(bare, 'dist'),
    installed: join(installed, 'dist'),
    database: join(folder, 'database'),
  })
  return () => rmSync(folder, { recursive: true, force: true })
}
