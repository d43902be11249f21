import type { MarkdownLine } from './markdown.ts'

const branch = /^([│|\s]{0,200})(?:├|└|\+|`)[─-]{1,3}\s{0,4}([^\s#←(]{1,255})/u

/** A file of a drawn folder tree, with the folders above it in the drawing. */
export interface Drawn {
  path: string
  line: MarkdownLine
}

/** The files of folder trees that are drawn with ├── and └── in code blocks. */
export const readDrawings = (lines: readonly MarkdownLine[]): Drawn[] => {
  const found: Drawn[] = []
  let folders: { depth: number; name: string }[] = []
  for (const line of lines) {
    const match = line.code ? branch.exec(line.text) : null
    if (match === null) {
      const root = line.code ? /^([\w@.-]+(?:\/[\w@.-]+)*)\/\s*(?:#.*)?$/.exec(line.text.trim()) : null
      if (root !== null || !/^[\s│|]*$/.test(line.text))
        folders = root === null ? [] : [{ depth: -1, name: root[1] ?? '' }]
      continue
    }
    const [, indent = '', name = ''] = match
    const depth = indent.length
    while ((folders.at(-1)?.depth ?? -2) >= depth) folders.pop()
    if (name.endsWith('/')) folders.push({ depth, name: name.slice(0, -1) })
    else if (/\.[A-Za-z]{1,8}$/.test(name) && !/[*<>{}]|\.\.\./.test(name))
      found.push({ path: [...folders.map((one) => one.name), name].join('/'), line })
    // A name without a slash may be a folder all the same; what is below it is then not placed.
    else folders.push({ depth, name })
  }
  return found
}
