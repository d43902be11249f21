/** One entry of the evaluated tree. Symbolic links and submodules are named and never followed. */
export interface WorkspaceFile {
  path: string
  /** Bytes; 0 for a symbolic link or a submodule. */
  size: number
  mode: 'file' | 'executable' | 'symlink' | 'submodule'
}

/** The files of one commit, or of a directory. Paths are relative and use `/`. */
export interface Workspace {
  list(): Promise<readonly WorkspaceFile[]>
  /** The bytes of a regular file of the list. Rejects when it cannot be read. */
  read(path: string): Promise<Uint8Array>
}
