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

/** One line of text from elsewhere, in which mentions, tags and links with a name of their own are broken: a file may be called like one. */
export const gateWords = (text: string): string =>
  plain(text)
    .replaceAll('@', `@${joiner}`)
    .replaceAll('](', `]${joiner}(`)
    .replaceAll(/<(?=[a-z!/?])/gi, `<${joiner}`)

/** An instant as people in any time zone read it: `2026-11-21 16:00 UTC`. */
export const gateTime = (time: Date): string => `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`
