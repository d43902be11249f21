import { writeFileSync } from 'node:fs'
import { InputError } from '../../../core/errors.ts'
import { formats, isFormat, type Format } from '../../../render/index.ts'
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

/** `prodgate check`: judges a directory, prints the verdict, and returns the exit code. */
export const check = async (args: Arguments, terminal: Terminal): Promise<number> => {
  const format = formatOption(args)
  const output = textOption(args, 'output')
  const { report, diagnostics } = await judgeDirectory(args, terminal)
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
  return exitCodeOf(report, diagnostics)
}
