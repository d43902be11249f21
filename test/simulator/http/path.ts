const parts = new Map<string, string[]>()
const partsOf = (template: string): string[] => {
  const kept = parts.get(template) ?? template.split('/')
  parts.set(template, kept)
  return kept
}

// Templates whose last part takes slashes, written as such or percent-encoded.
const slashes = /\/\{(?:path|ref|basehead)\}$/

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** The path parameters of a URL's path, where it is one of this template; each is percent-decoded. */
export const matchPath = (template: string, path: string): Record<string, string> | undefined => {
  const wanted = partsOf(template)
  const given = path.split('/')
  if (given.length > wanted.length && slashes.test(template))
    given.splice(wanted.length - 1, given.length, given.slice(wanted.length - 1).join('/'))
  if (wanted.length !== given.length) return undefined
  const values: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const text = given[index] ?? ''
    if (!part.startsWith('{')) {
      if (part !== text) return undefined
      continue
    }
    const value = decoded(text)
    if (value === undefined) return undefined
    values[part.slice(1, -1)] = value
  }
  return values
}
