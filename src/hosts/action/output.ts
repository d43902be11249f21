import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { InputError } from '../../core/errors.ts'

/** Every output of action.yml; `test/contract/` proves the two equal. */
export const outputNames = ['decision', 'score', 'report', 'html', 'sarif'] as const
export type OutputName = (typeof outputNames)[number]

/**
 * Writes a file and the folders above it.
 * @throws InputError where it cannot be written
 */
export const writeOutput = (path: string, text: string): void => {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  } catch (error) {
    const message = `cannot be written: ${error instanceof Error ? error.message : String(error)}`
    throw new InputError({ code: 'output-unwritable', message, path })
  }
}

// The runner takes `##[command]` anywhere in a line, and `::command::` at its start, as an order.
/** Text from a repository as one line of the job's log that is no order to the runner. */
export const logLine = (text: string): string =>
  `  ${text
    .replace(/\p{Cc}+/gu, ' ')
    .replaceAll('##[', '## [')
    .replaceAll('::', ': :')}`
