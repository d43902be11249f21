import type { WorkspaceFile } from '../ports/workspace.ts'

/** The evaluated tree's paths, for collectors that ask whether something exists. */
export class Tree {
  readonly files: readonly WorkspaceFile[]
  readonly #byPath: Map<string, WorkspaceFile>
  #directories: Set<string> | undefined

  constructor(files: readonly WorkspaceFile[]) {
    this.files = files
    this.#byPath = new Map(files.map((file) => [file.path, file]))
  }

  get(path: string): WorkspaceFile | undefined {
    return this.#byPath.get(path)
  }

  has(path: string): boolean {
    return this.#byPath.has(path)
  }

  isDirectory(path: string): boolean {
    this.#directories ??= new Set(this.files.flatMap((file) => parents(file.path)))
    return path === '' || path === '.' || this.#directories.has(path)
  }
}

const parents = (path: string): string[] => {
  const found: string[] = []
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) found.push(path.slice(0, at))
  return found
}
