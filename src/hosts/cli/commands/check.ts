import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { rules } from 'builtin-rules'
import { checkoutOf } from '../../../adapters/disk/git.ts'
import { diskRenderer } from '../../../adapters/disk/rendering/renderer.ts'
import { diskEvidence, diskWorkspace } from '../../../adapters/disk/workspace.ts'
import { assess, type Assessment, type AssessInput } from '../../../assess.ts'
import { InputError } from '../../../core/errors.ts'
import { evidenceKinds, type EvidenceKind } from '../../../core/evidence-kinds.ts'
import { formats, isFormat, type Format } from '../../../render/index.ts'
import { plain } from '../../../render/plain-text.ts'
import { version } from '../../version.ts'
import { nowOption, textOption, usageError, type Arguments } from '../arguments.ts'
import { diagnosticText } from '../diagnostics.ts'
import { exitCodeOf } from '../exit-codes.ts'
import { diskHistory } from '../history-source.ts'
import { findLaw } from '../law.ts'
import { withProgress } from '../progress.ts'
import type { Terminal } from '../terminal.ts'

const formatOption = (args: Arguments): Format => {
  const name = textOption(args, 'format') ?? 'human'
  if (isFormat(name)) return name
  throw usageError(`there is no format "${name}"; there are ${Object.keys(formats).join(', ')}`)
}

const isEvidenceKind = (kind: string): kind is EvidenceKind => (evidenceKinds as readonly string[]).includes(kind)

const evidenceOption = ({ options }: Arguments): NonNullable<AssessInput['evidenceGlobs']> => {
  const globs: { [Kind in EvidenceKind]?: string[] } = {}
  for (const pair of (options['evidence'] ?? []) as string[]) {
    const [kind = '', ...rest] = pair.split('=')
    const glob = rest.join('=')
    if (!isEvidenceKind(kind) || glob === '')
      throw usageError(`--evidence ${pair} is not <kind>=<glob>; the kinds are ${evidenceKinds.join(', ')}`)
    globs[kind] = [...(globs[kind] ?? []), glob]
  }
  return globs
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
  const now = nowOption(args)
  const evidenceGlobs = evidenceOption(args)
  const root = resolve(args.positionals[0] ?? '.')
  const historyFile = textOption(args, 'history')
  if (args.options['update-history'] === true && args.options['base'] !== undefined && historyFile === undefined)
    throw usageError('--update-history with --base needs --history: a commit cannot be written to')
  const disk = diskWorkspace(root)
  const asked = checkoutOf(root)
  const law = await findLaw(root, textOption(args, 'policy'), textOption(args, 'base'))
  const environment = textOption(args, 'environment')
  const subject = await asked
  const progress = terminal.watched
    ? withProgress(disk, () => performance.now(), terminal.err)
    : { workspace: disk, done: () => undefined }
  const assessment = await assess({
    workspace: progress.workspace,
    evidenceFiles: diskEvidence(root, subject.sha),
    rules,
    ...law,
    ...(historyFile === undefined
      ? {}
      : { history: () => Promise.resolve(diskHistory(resolve(historyFile), historyFile)) }),
    ...(args.options['no-render'] === true ? {} : { renderer: diskRenderer(terminal.env['PATH'] ?? '') }),
    evidenceGlobs,
    ...(environment === undefined ? {} : { environment }),
    ...(args.options['no-inline-ignores'] === true ? { trustIgnores: 'none' } : {}),
    now,
    subject,
    version,
  }).finally(progress.done)
  const { report, diagnostics } = assessment
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
