/** Where something stands in the evaluated repository. Lines and columns count from 1; `path` is relative, with `/`. */
export interface Place {
  path: string
  line: number
  column: number
  endLine?: number
}

/** The first character of a file: the place of a statement about the whole file. */
export const startOf = (path: string): Place => ({ path, line: 1, column: 1 })

/** Orders places as a reader meets them: by path, then line, then column. */
export const comparePlaces = (a: Place, b: Place): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line || a.column - b.column
