// Everything that a terminal or a page may obey rather than show: control characters, what turns text around or hides in
// it: bidi overrides, tags, byte order marks, but not the joiners that scripts and emoji need; line separators, lone surrogates.
const controls = /[\p{Cc}\p{Cs}\u2028\u2029]|(?![\u200c\u200d])\p{Cf}/gu

// ECMA-48 escape sequences: CSI (colours, cursor), OSC (titles, links) and the short ones. Bounded, so that they stay linear.
const sequences = [
  String.raw`(?:\u001b\[|\u009b)[0-?]{0,32}[ -/]{0,8}[@-~]`,
  String.raw`(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]{0,2000}(?:\u0007|\u001b\\|\u009c)`,
  String.raw`\u001b[@-Z\\^_]`,
]
const escapes = new RegExp(sequences.join('|'), 'gu')

const blanks = /[\t\n\v\f\r\u0085\u2028\u2029 ]+/gu

/** One line of text from elsewhere with nothing in it that a terminal obeys. Blank space becomes single spaces. */
export const plain = (text: string): string =>
  text.replace(escapes, '').replace(blanks, ' ').replace(controls, '').trim()

// Everything but plain ASCII, which is nearly everything: a report of megabytes is looked at closely only where it has to be.
const unusual = /[^\n -~]+/g

const unicodeEscape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

/** JSON text in which what a terminal might obey is escaped, so that its meaning stays the same. */
export const escapeControls = (json: string): string =>
  json.replace(unusual, (run) => run.replace(controls, (mark) => mark.split('').map(unicodeEscape).join('')))
