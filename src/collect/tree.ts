import type { WorkspaceFile } from '../ports/workspace.ts'

/** The evaluated tree's paths, for collectors that ask whether something exists. */
export class Tree {
  /** The files that are judged. */
  readonly files: readonly WorkspaceFile[]
  /** These, and the files that the policy ignores. */
  readonly all: readonly WorkspaceFile[]
  /** `owner/name` as the forge writes it; undefined where nobody says. */
  readonly repository: string | undefined
  readonly #byPath: Map<string, WorkspaceFile>
  #directories: Set<string> | undefined

  /** @param all also the files that the policy ignores: they exist, though nobody judges them */
  constructor(files: readonly WorkspaceFile[], all: readonly WorkspaceFile[] = files, repository?: string) {
    this.repository = repository
    this.files = files
    this.all = all
    this.#byPath = new Map(all.map((file) => [file.path, file]))
  }

  get(path: string): WorkspaceFile | undefined {
    return this.#byPath.get(path)
  }

  has(path: string): boolean {
    return this.#byPath.has(path)
  }

  isDirectory(path: string): boolean {
    this.#directories ??= new Set(this.all.flatMap((file) => parents(file.path)))
    return path === '' || path === '.' || this.#directories.has(path)
  }
}

const parents = (path: string): string[] => {
  const found: string[] = []
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) found.push(path.slice(0, at))
  return found
}
