import type { Tree } from '../tree.ts'
import type { MigrationName } from './migrations.ts'

/** A text that is kept until everything is read. */
export interface Kept {
  path: string
  text: string
}

/** What one run has read of databases so far. */
export interface World {
  migrations: (Kept & { name: MigrationName })[]
  /** SQL files that are no migrations. */
  scripts: Kept[]
  /** Names of SQL files, or patterns of them, that other files mention. */
  mentions: Set<string>
  /** Something says that migrations have a login of their own. */
  migrationLogin: boolean
  tests: { path: string; line: number; column: number; how: string }[]
}

const worlds = new WeakMap<Tree, World>()

export const worldOf = (tree: Tree): World => {
  const known = worlds.get(tree) ?? {
    migrations: [],
    scripts: [],
    mentions: new Set<string>(),
    migrationLogin: false,
    tests: [],
  }
  worlds.set(tree, known)
  return known
}
