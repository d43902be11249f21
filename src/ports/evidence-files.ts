/** One file that a pipeline may have produced. */
export interface EvidenceFile {
  path: string
  size: number
  /** When it was written, ISO 8601; null when nobody knows. */
  createdAt: string | null
  /** The commit that it was made from; null when nobody knows. */
  sha: string | null
  /** How `createdAt` is known; `artifact`, who carries the file says so, where this is absent. */
  createdFrom?: 'mtime' | 'artifact'
  /** How `sha` is known; `artifact` where this is absent. */
  shaFrom?: 'ci' | 'git' | 'artifact'
  /** Whether git tracks the file: then a person put it there, and not the pipeline of the commit that is judged. */
  committed?: boolean
  /** Why nothing of it can be taken, where that is known before it is read. */
  refused?: RefusedFile
}

/** An archive that is not opened. */
export interface RefusedFile {
  code: string
  /** Follows the file's name: "is encrypted". */
  reason: string
  /** The files that it seems to hold, as paths of the list; undefined where nobody knows. */
  names: readonly string[] | undefined
}

/** Where pipelines leave their results: a directory, with what git ignores, or the artifacts of a workflow run. */
export interface EvidenceFiles {
  list(): Promise<readonly EvidenceFile[]>
  /** The bytes of a file of the list, piece by piece: they may be more than fit in memory. Rejects when it cannot be read. */
  open(path: string): AsyncIterable<Uint8Array>
}
