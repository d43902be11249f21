import { resolve } from 'node:path'
import { rules } from 'builtin-rules'
import { diskEvidence, trackingOf } from '../../adapters/disk/evidence.ts'
import { checkoutOf } from '../../adapters/disk/git.ts'
import { diskRenderer } from '../../adapters/disk/rendering/renderer.ts'
import { diskWorkspace } from '../../adapters/disk/workspace.ts'
import { assess, type Assessment, type AssessInput } from '../../assess.ts'
import { evidenceKinds, type EvidenceKind } from '../../core/evidence-kinds.ts'
import { ciCommit } from '../ci.ts'
import { version } from '../version.ts'
import { nowOption, textOption, usageError, type Arguments } from './arguments.ts'
import { diskHistory } from './history-source.ts'
import { findLaw } from './law.ts'
import { withProgress } from './progress.ts'
import type { Terminal } from './terminal.ts'

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

/**
 * Judges the directory that a command line names, as its options say.
 * @throws InputError for options and files that cannot be used
 */
export const judgeDirectory = async (
  args: Arguments,
  terminal: Terminal,
  now = nowOption(args),
): Promise<Assessment> => {
  const evidenceGlobs = evidenceOption(args)
  const root = resolve(args.positionals[0] ?? '.')
  const disk = diskWorkspace(root)
  // Git works while the law is read and the files are.
  const asked = checkoutOf(root)
  const tracking = trackingOf(root)
  const law = await findLaw(root, textOption(args, 'policy'), textOption(args, 'base'))
  const environment = textOption(args, 'environment')
  const historyFile = textOption(args, 'history')
  const { head, ...subject } = await asked
  const progress = terminal.watched
    ? withProgress(disk, () => performance.now(), terminal.err)
    : { workspace: disk, done: () => undefined }
  return await assess({
    workspace: progress.workspace,
    evidenceFiles: diskEvidence(root, { clean: subject.sha, ci: ciCommit(terminal.env, head) }, tracking),
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
}
