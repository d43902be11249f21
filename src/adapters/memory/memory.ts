import type { EvidenceFiles } from '../../ports/evidence-files.ts'
import type { ManifestRenderer, Rendered, RenderRequest } from '../../ports/renderer.ts'
import type { Workspace } from '../../ports/workspace.ts'

/** Where a file of evidence comes from. */
export interface MemoryOrigin {
  committed?: boolean | undefined
  commit?: string | undefined
  /** ISO 8601. */
  created?: string | undefined
}

/** A tree held in memory, as workspace and as evidence: for rules' own cases and for tests. */
export const memoryWorkspace = (
  files: Record<string, string | Uint8Array>,
  origins: Record<string, MemoryOrigin> = {},
): Workspace & EvidenceFiles => {
  const bytes = new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? new TextEncoder().encode(content) : content,
    ]),
  )
  const read = (path: string): Promise<Uint8Array> => {
    const content = bytes.get(path)
    return content === undefined ? Promise.reject(new Error(`no file ${path}`)) : Promise.resolve(content)
  }
  return {
    list: () =>
      Promise.resolve(
        [...bytes].map(([path, { length }]) => ({
          path,
          size: length,
          mode: 'file' as const,
          createdAt: origins[path]?.created ?? null,
          sha: origins[path]?.commit ?? null,
          ...(origins[path]?.committed === true ? { committed: true } : {}),
        })),
      ),
    read,
    open: async function* (path) {
      yield await read(path)
    },
  }
}

/** A renderer that gives canned output, and keeps what it was asked for. */
export const memoryRenderer = (
  answer: (request: RenderRequest) => Rendered,
): ManifestRenderer & { requests: RenderRequest[] } => {
  const requests: RenderRequest[] = []
  return {
    requests,
    render: (request) => {
      requests.push(request)
      return Promise.resolve(answer(request))
    },
  }
}
