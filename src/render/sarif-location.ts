import { plain } from './plain-text.ts'

/** A path as a relative URI reference, encoded segment by segment. */
export const uriOf = (path: string): string =>
  path
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/')

/** The path of a file from the repository's root, for a directory that was judged inside it. */
export const fromRoot = (path: string, directory: string): string => (directory === '.' ? path : `${directory}/${path}`)

// Code scanning wants a file for every result. Words in its place are shown as they stand: scorecard does the same.
const wholeRepository = 'no file associated with this alert'

/** A place as a SARIF location, relative to the repository's root. */
export const sarifLocation = (
  place: { path: string; line: number; column: number; endLine?: number | undefined },
  directory: string,
): { physicalLocation: object; message?: { text: string } } => {
  const whole = place.path === '.'
  const uri = uriOf(whole ? wholeRepository : fromRoot(place.path, directory))
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
      region: whole
        ? { startLine: 1 }
        : {
            startLine: place.line,
            startColumn: place.column,
            ...(place.endLine === undefined || place.endLine < place.line ? {} : { endLine: place.endLine }),
          },
    },
    ...(whole ? { message: { text: plain(`the repository as a whole`) } } : {}),
  }
}
