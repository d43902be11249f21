import { evidenceJson, evidenceList } from '../../../render/evidence-list.ts'
import { nowOption, textOption, usageError, type Arguments } from '../arguments.ts'
import { diagnosticText } from '../diagnostics.ts'
import { exitCodes } from '../exit-codes.ts'
import { judgeDirectory } from '../judged.ts'
import type { Terminal } from '../terminal.ts'

/** `prodgate evidence`: lists what evidence there is, why some is refused and how to make what is missing. */
export const evidence = async (args: Arguments, terminal: Terminal): Promise<number> => {
  const format = textOption(args, 'format') ?? 'human'
  if (format !== 'human' && format !== 'json') throw usageError(`there is no format "${format}"; there are human, json`)
  const now = nowOption(args)
  const { report, diagnostics } = await judgeDirectory(args, terminal, now)
  if (diagnostics.length > 0) {
    terminal.err(diagnosticText(diagnostics))
    return exitCodes.usage
  }
  const unknown = report.reasons.find(({ code }) => code === 'environment-unknown')
  if (unknown !== undefined) throw usageError(unknown.message)
  const { color, width } = terminal
  terminal.out(format === 'json' ? evidenceJson(report) : evidenceList(report, { color, width, now }))
  return exitCodes.ok
}
