/** What of a Dockerfile says where its program's source is. */
export interface BuildFile {
  path: string
  /** Sources of COPY and ADD that come from the build context. */
  copies: string[]
  /** The image that the last stage is built on, through the stages of the file. */
  base: string
  environment: Map<string, { value: string; line: number }>
  /** The text of the instructions that run something, in which a variable may be used. */
  commands: string
  healthcheck: { command: string; line: number } | undefined
}

const joined = (text: string): { text: string; line: number }[] => {
  const found: { text: string; line: number }[] = []
  let open: { text: string; line: number } | undefined
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    const continued = line.endsWith('\\')
    const part = continued ? line.slice(0, -1) : line
    if (open === undefined) open = { text: part, line: index + 1 }
    else open.text += ` ${part.trim()}`
    if (continued) continue
    found.push(open)
    open = undefined
  }
  if (open !== undefined) found.push(open)
  return found
}

const words = (text: string): string[] => {
  const bare = text.replace(/--[a-z][a-z-]{0,40}=\S+/g, ' ').trim()
  if (bare.startsWith('[')) return [...bare.matchAll(/"([^"]{0,500})"/g)].map(([, word = '']) => word)
  return bare.split(/\s+/).filter((word) => word !== '')
}

const readEnvironment = (text: string, line: number, into: BuildFile['environment']): void => {
  const old = /^([A-Za-z_]\w*)\s+(\S.*)$/.exec(text)
  if (old !== null) {
    into.set(old[1] ?? '', { value: old[2] ?? '', line })
    return
  }
  for (const [, name = '', quoted, plain] of text.matchAll(/\b([A-Za-z_]\w*)=(?:"([^"]{0,2000})"|([^\s"]{0,2000}))/g))
    into.set(name, { value: quoted ?? plain ?? '', line })
}

/** Reads a Dockerfile as far as the source's place, its variables and its health check go. */
export const readBuildFile = (path: string, text: string): BuildFile => {
  const file: BuildFile = { path, copies: [], base: '', environment: new Map(), commands: '', healthcheck: undefined }
  const stages = new Map<string, string>()
  for (const { text: instruction, line } of joined(text)) {
    const [, keyword = '', rest = ''] = /^([A-Za-z]+)\s+(.*)$/.exec(instruction) ?? []
    switch (keyword.toUpperCase()) {
      case 'FROM': {
        const [image = '', , alias] = words(rest)
        file.base = stages.get(image.toLowerCase()) ?? image
        if (alias !== undefined) stages.set(alias.toLowerCase(), file.base)
        file.environment = new Map()
        file.healthcheck = undefined
        break
      }
      case 'COPY':
      case 'ADD':
        if (!/--from=/.test(rest)) file.copies.push(...words(rest).slice(0, -1))
        break
      case 'ENV':
        readEnvironment(rest, line, file.environment)
        file.commands += `\n${rest.replace(/\b[A-Za-z_]\w*=/g, ' ')}`
        break
      case 'HEALTHCHECK':
        file.healthcheck = { command: rest, line }
        break
      case 'RUN':
      case 'CMD':
      case 'ENTRYPOINT':
        file.commands += `\n${rest}`
        break
      default:
    }
  }
  return file
}
