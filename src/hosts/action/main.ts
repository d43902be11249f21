import * as core from '@actions/core'
import { getOctokit } from '@actions/github'
import { formatDiagnostic, InputError } from '../../core/errors.ts'
import type { Console } from './console.ts'
import { run } from './run.ts'

const say = { error: core.error, warning: core.warning, notice: core.notice }

const console: Console = {
  annotate: ({ level, message, properties }) => say[level](message, properties),
  notice: (message) => core.notice(message, { title: 'prodgate' }),
  info: core.info,
  fail: (message) => core.error(message, { title: 'prodgate' }),
  output: core.setOutput,
  summarise: async (markdown) => {
    await core.summary.addRaw(markdown).write()
  },
  mask: core.setSecret,
}

/** What ends a run is told in full, and is a no-go: nobody may take a broken gate for an open one. */
const end = (error: unknown): void => {
  core.setOutput('decision', 'no-go')
  if (error instanceof InputError)
    for (const diagnostic of error.diagnostics) console.fail(formatDiagnostic(diagnostic))
  else console.fail(`a bug in prodgate: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
}

try {
  const succeeds = await run({
    env: process.env,
    read: core.getInput,
    console,
    connect: (token) => getOctokit(token),
    now: () => new Date(),
  })
  process.exitCode = succeeds ? 0 : 1
} catch (error) {
  end(error)
  process.exitCode = 1
}
