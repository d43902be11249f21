import { markdownCode } from './markdown-text.ts'
import type { RenderOptions } from './renderer.ts'
import { fromRoot, uriOf } from './sarif-location.ts'

/** A place as a code span, linked to the file where its address is known. */
export const markdownPlace = (
  item: { path: string; line: number },
  directory: string,
  { blobUrl }: RenderOptions,
): string => {
  if (item.path === '.') return 'the repository:'
  const text = markdownCode(`${item.path}:${item.line}`)
  // A link's target ends at a round bracket, which encodeURIComponent leaves as it is.
  const target = uriOf(fromRoot(item.path, directory)).replaceAll('(', '%28').replaceAll(')', '%29')
  return blobUrl === undefined ? text : `[${text}](${blobUrl}/${target}#L${item.line})`
}
