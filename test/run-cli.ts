import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'

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
