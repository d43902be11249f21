import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Assessment } from '../../../assess.ts'
import { InputError } from '../../../core/errors.ts'
import { formats, isFormat, type Format } from '../../../render/index.ts'
import { plain } from '../../../render/plain-text.ts'
import { textOption, usageError, type Arguments } from '../arguments.ts'
import { diagnosticText } from '../diagnostics.ts'
import { exitCodeOf } from '../exit-codes.ts'
import { judgeDirectory } from '../judged.ts'
import type { Terminal } from '../terminal.ts'

const formatOption = (args: Arguments): Format => {
  const name = textOption(args, 'format') ?? 'human'
  if (isFormat(name)) return name
  throw usageError(`there is no format "${name}"; there are ${Object.keys(formats).join(', ')}`)
}

const write = (path: string, text: string): void => {
  try {
    writeFileSync(path, text)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new InputError({ code: 'output-unwritable', message, path })
  }
}

/** Writes the history with this decision in it, or says why it stays as it is. */
const updateHistory = ({ report, history }: Assessment, terminal: Terminal, fileOf: (path: string) => string): void => {
  if (history !== undefined) {
    write(fileOf(history.path), history.text)
    terminal.err(`the values of this ${report.decision} were added to ${plain(history.path)}\n`)
    return
  }
  const why =
    report.decision === 'no-go'
      ? 'only what may be deployed is kept'
      : report.subject.sha === null
        ? 'no commit holds exactly these files'
        : 'name a file with --history, or in the policy'
  terminal.err(`the history was not updated: ${why}\n`)
}

/** `prodgate check`: judges a directory, prints the verdict, and returns the exit code. */
export const check = async (args: Arguments, terminal: Terminal): Promise<number> => {
  const format = formatOption(args)
  const output = textOption(args, 'output')
  const historyFile = textOption(args, 'history')
  if (args.options['update-history'] === true && args.options['base'] !== undefined && historyFile === undefined)
    throw usageError('--update-history with --base needs --history: a commit cannot be written to')
  const assessment = await judgeDirectory(args, terminal)
  const { report, diagnostics } = assessment
  const root = resolve(args.positionals[0] ?? '.')
  const text = formats[format](report, {
    color: terminal.color && output === undefined,
    width: terminal.width,
    all: args.options['all'] === true,
  })
  if (diagnostics.length > 0) terminal.err(diagnosticText(diagnostics))
  if (output === undefined) terminal.out(text)
  else {
    write(output, text)
    terminal.err(`${report.decision} for ${report.environment}: the report is in ${output}\n`)
  }
  if (args.options['update-history'] === true)
    updateHistory(assessment, terminal, (path) => resolve(historyFile === undefined ? root : '.', path))
  return exitCodeOf(report, diagnostics)
}
