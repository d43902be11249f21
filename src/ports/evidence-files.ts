/** One file that a pipeline may have produced. */
export interface EvidenceFile {
  path: string
  size: number
  /** When it was written, ISO 8601; null when nobody knows. */
  createdAt: string | null
  /** The commit that it was made from; null when nobody knows. */
  sha: string | null
}

/** Where pipelines leave their results: a directory, with what git ignores, or the artifacts of a workflow run. */
export interface EvidenceFiles {
  list(): Promise<readonly EvidenceFile[]>
  /** The bytes of a file of the list, piece by piece: they may be more than fit in memory. Rejects when it cannot be read. */
  open(path: string): AsyncIterable<Uint8Array>
}
