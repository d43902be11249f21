import { plain } from '../render/plain-text.ts'

/** GitHub's limit of a report's and of an answer's comment. Code points. */
export const gateTextLimit = 1024

/** Cuts a text to GitHub's limit, between code points, and says where the whole is. */
export const cutGateText = (text: string, pointer: string, limit = gateTextLimit): string => {
  const points = Array.from(text)
  if (points.length <= limit) return text
  const end = Array.from(` … (${pointer})`)
  return [...points.slice(0, limit - end.length), ...end].join('')
}

const joiner = '\u200d'

/**
 * One line of text from elsewhere. Whether GitHub shows comments of gates as they are or as Markdown is not written anywhere, so
 * mentions, tags and links are broken in a way that nobody sees.
 */
export const gateWords = (text: string): string => plain(text).replaceAll(/@|<(?=[a-z!/?])|\](?=\()/gi, `$&${joiner}`)
