const zeroWidthSpace = '\u200b'

// Control characters, and the marks that make text read in another direction than it is written.
const unseen = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu

/**
 * Text from a repository as one line of Markdown that does nothing: no markup, no HTML, no links, and no mentions or
 * issue references, which would notify people or leave traces in other issues.
 */
export const inert = (text: string): string =>
  text
    .replace(unseen, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~$]/g, String.raw`\$&`)
    .replaceAll('@', `@${zeroWidthSpace}`)
    .replace(/#(?=\d)/g, `#${zeroWidthSpace}`)
    .replaceAll('://', `:${zeroWidthSpace}//`)
    .replace(/\bwww\./gi, `$&${zeroWidthSpace}`)

/** The same, of at most `limit` UTF-16 units of the original, with an ellipsis where it was cut. */
export const inertUpTo = (text: string, limit: number): string => {
  if (text.length <= limit) return inert(text)
  // Cutting between the two halves of a character would leave a half that cannot be encoded.
  const whole = text.slice(0, limit).replace(/[\ud800-\udbff]$/, '')
  return `${inert(whole)}…`
}
