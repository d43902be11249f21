// Rebuilds the bundles elsewhere and compares them with the committed ones, byte for byte.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const names = (directory: string): string[] => readdirSync(directory).sort()

const fresh = mkdtempSync(join(tmpdir(), 'prodgate-dist-'))
try {
  execFileSync(process.execPath, [join(root, 'scripts/build.ts'), fresh], { stdio: 'inherit' })
  const stale = names(fresh).filter(
    (name) =>
      !names(join(root, 'dist')).includes(name) ||
      !readFileSync(join(fresh, name)).equals(readFileSync(join(root, 'dist', name))),
  )
  const left = names(join(root, 'dist')).filter((name) => !names(fresh).includes(name))
  if (stale.length + left.length > 0) {
    console.error(`dist is not what the source builds: ${[...stale, ...left].join(', ')}. Run: npm run build`)
    process.exitCode = 1
  }
} finally {
  rmSync(fresh, { recursive: true, force: true })
}
