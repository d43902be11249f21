import picomatch from 'picomatch'

/** Whether a path (or a name) matches any of the globs. Dot files match like others; `**` crosses folders. */
export type Matcher = (path: string) => boolean

/** Compiles globs once, for many paths. No globs match nothing. */
export const globMatcher = (globs: readonly string[]): Matcher =>
  globs.length === 0 ? () => false : picomatch([...globs], { dot: true })

/**
 * Compiles globs of environments' names. GitHub knows no difference between `Production` and `production`, and the workflow
 * that is judged writes the name: its letters must not choose another law.
 */
export const nameMatcher = (globs: readonly string[]): Matcher => {
  const matches = globs.length === 0 ? () => false : picomatch([...globs], { dot: true, nocase: true })
  return (name) => matches(name.trim())
}
