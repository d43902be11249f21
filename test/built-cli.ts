import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const node = join(root, 'node_modules/.bin/node')

/** Builds the command line into a folder of its own. Returns the path of `cli.js`. */
export const buildCli = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'prodgate-cli-'))
  execFileSync(node, [join(root, 'scripts/build.ts'), folder], { stdio: 'pipe' })
  return join(folder, 'cli.js')
}

/** Runs a built command line as a user would; nothing of the test runner's environment reaches it. */
export const runCli = (
  cli: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): { code: number | null; stdout: string; stderr: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 256_000_000,
    env: { PATH: process.env['PATH'] ?? '', GIT_CEILING_DIRECTORIES: tmpdir(), ...env },
  })
  return { code: status, stdout, stderr }
}
