import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..')

/**
 * Writes generated files below the project's root, and takes away what is in `owned` folders and is no longer generated.
 * With `--check` on the command line it only compares, and fails where something is not up to date.
 */
export const writeGenerated = (files: ReadonlyMap<string, string>, owned: readonly string[] = []): void => {
  const check = process.argv.includes('--check')
  const kept = owned.flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`)
      : [],
  )
  const stale = kept.filter((path) => path.endsWith('.md') && !files.has(path))
  const changed = [...files].filter(
    ([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text,
  )
  if (check) {
    for (const path of [...stale, ...changed.map(([name]) => name)])
      console.error(`${path} is not up to date: run npm run docs`)
    process.exitCode = stale.length + changed.length === 0 ? 0 : 1
    return
  }
  for (const path of stale) rmSync(join(root, path))
  for (const [path, text] of changed) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}
