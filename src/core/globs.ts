import picomatch from 'picomatch'

/** Whether a path (or a name) matches any of the globs. Dot files match like others; `**` crosses folders. */
export type Matcher = (path: string) => boolean

const options = { dot: true }

/** Compiles globs once, for many paths, into one expression: asking each by itself takes several times as long. No globs match nothing. */
export const globMatcher = (globs: readonly string[]): Matcher => {
  if (globs.length === 0) return () => false
  // A glob always matches the path that is written like it, brackets and all.
  const literal = new Set(globs)
  const any = new RegExp(globs.map((glob) => picomatch.makeRe(glob, options).source).join('|'))
  return (path) => literal.has(path) || (path !== '' && any.test(path))
}

/**
 * Compiles globs of environments' names. GitHub knows no difference between `Production` and `production`, and the workflow
 * that is judged writes the name: its letters must not choose another law.
 */
export const nameMatcher = (globs: readonly string[]): Matcher => {
  const matches = globs.length === 0 ? () => false : picomatch([...globs], { dot: true, nocase: true })
  return (name) => matches(name.trim())
}
