import { adviceFor } from './core/advice/advice.ts'
import { surveyToolchains } from './core/advice/toolchains.ts'
import type { EvidenceKind } from './core/evidence-kinds.ts'
import type { Report } from './core/report.ts'
import type { Workspace, WorkspaceFile } from './ports/workspace.ts'

/** A larger manifest is not read. Bytes. */
const maxManifest = 1_000_000

/** How to make the kinds of evidence that are missing, for what the files are built with. Judges nothing. */
export const adviseOn = async (
  workspace: Workspace,
  files: readonly WorkspaceFile[],
  kinds: readonly EvidenceKind[],
): Promise<NonNullable<Report['advice']>> => {
  if (kinds.length === 0) return []
  const regular = files.filter(({ mode }) => mode === 'file' || mode === 'executable')
  const sizes = new Map(regular.map(({ path, size }) => [path, size]))
  const survey = await surveyToolchains([...sizes.keys()], async (path) => {
    if ((sizes.get(path) ?? 0) > maxManifest) return undefined
    try {
      return new TextDecoder().decode(await workspace.read(path))
    } catch {
      return undefined // what cannot be read is told where it is judged
    }
  })
  return adviceFor(kinds, survey)
}
