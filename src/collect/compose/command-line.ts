import { asList, asString, asText } from '../shape.ts'
import { judgeCredential, type Judged } from './credential-values.ts'
import { namesCredential } from './credential-names.ts'

/** A word of a command, and where in its list it stands; in a command that is one string, at 0. */
export interface Word {
  text: string
  index: number | undefined
}

const maxWords = 2000

/** Splits at blanks outside quotes, as a shell would; `${a b}` is one word. */
const shellWords = (text: string): string[] => {
  const words: string[] = []
  let word = ''
  let quote = ''
  let depth = 0
  for (let at = 0; at < text.length && words.length < maxWords; at++) {
    const char = text[at] ?? ''
    if (quote !== '') {
      if (char === quote) quote = ''
      else word += char
    } else if (char === '"' || char === "'") quote = char
    else if (depth === 0 && /\s/.test(char)) {
      if (word !== '') words.push(word)
      word = ''
    } else {
      if (text.startsWith('${', at)) depth++
      else if (char === '}' && depth > 0) depth--
      word += char
    }
  }
  if (word !== '') words.push(word)
  return words
}

/** The words of a script that is one word of a command, as after `sh -c`, are words as well. */
const allWords = (text: string): string[] =>
  shellWords(text).flatMap((word) => (/\s/.test(word) ? shellWords(word) : [word]))

/** The words of a `command`, `entrypoint` or `test`, also of the scripts that are items of it. */
export const wordsOf = (value: unknown): Word[] => {
  const text = asString(value)
  if (text !== undefined) return allWords(text).map((word) => ({ text: word, index: undefined }))
  return (asList(value) ?? [])
    .slice(0, maxWords)
    .flatMap((item, index) => allWords(asText(item) ?? '').map((word) => ({ text: word, index })))
}

/** A credential among the words of a command, by the option that it follows. */
export interface CommandCredential extends Judged {
  name: string
  index: number | undefined
}

// redis-cli -a, mysql -p are told apart by their command.
const shortOptions: Record<string, string> = { 'redis-cli': '-a', 'valkey-cli': '-a' }

/** Finds `--password x`, `--password=x`, `-Dadmin.password=x`, `--requirepass x`, `PGPASSWORD=x` and `redis-cli -a x`. */
export const commandCredentials = (words: readonly Word[]): CommandCredential[] => {
  const found: CommandCredential[] = []
  const programs = new Set(words.map(({ text }) => text.slice(text.lastIndexOf('/') + 1)))
  const short = new Set(
    Object.entries(shortOptions).flatMap(([program, option]) => (programs.has(program) ? [option] : [])),
  )
  for (const [at, { text, index }] of words.entries()) {
    const equals = text.indexOf('=')
    const name = equals < 0 ? text : text.slice(0, equals)
    const isOption = name.startsWith('-')
    if (equals > 0 && /^(-|[A-Za-z_])[\w.:-]*$/.test(name) && namesCredential(name)) {
      const value = text.slice(equals + 1)
      if (value !== '') found.push({ name, index, ...judgeCredential(value) })
      continue
    }
    const next = words[at + 1]
    if (equals >= 0 || next === undefined || next.text.startsWith('-') || !isOption) continue
    if (!short.has(name) && !(name.startsWith('--') && namesCredential(name))) continue
    found.push({ name, index: next.index, ...judgeCredential(next.text) })
  }
  return found.filter(({ form }) => form === 'literal' || form === 'fallback' || form === 'reference')
}
