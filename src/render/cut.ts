/** How long a text is, in whatever a limit counts. */
export type Measure = (text: string) => number

export const utf8Bytes: Measure = (text) => new TextEncoder().encode(text).length
export const characters: Measure = (text) => text.length

/**
 * The text, or as many of its first lines as fit together with `pointer`, which says where the whole is. Nothing is cut
 * inside a line, so that no link, entity or surrogate pair breaks in two.
 */
export const cutLines = (text: string, limit: number, measure: Measure, pointer: string): string => {
  if (measure(text) <= limit) return text
  const tail = `\n\n${pointer}\n`
  let left = limit - measure(tail)
  const kept: string[] = []
  for (const line of text.split('\n')) {
    left -= measure(line) + 1
    if (left < 0) break
    kept.push(line)
  }
  return kept.join('\n') + tail
}
