/** What can be asked in a comment. */
export type Command =
  | { name: 'help' | 'status' | 'recheck' }
  | { name: 'explain'; rule: string }
  | { name: 'unknown'; word: string }

/** A longer line is no command. Characters. */
const maxLine = 500

/** Reads the first line that begins with `/prodgate`; undefined where there is none. Nothing after it counts. */
export const parseCommand = (text: string): Command | undefined => {
  const line = text
    .slice(0, 65_536)
    .split(/\r?\n/)
    .find((one) => /^\/prodgate(?:\s|$)/.test(one))
  if (line === undefined || line.length > maxLine) return undefined
  const [word = 'help', ...rest] = line.slice('/prodgate'.length).trim().split(/\s+/).filter(Boolean)
  if ((word === 'help' || word === 'status' || word === 'recheck') && rest.length === 0) return { name: word }
  const [rule, ...more] = rest
  if (word === 'explain' && rule !== undefined && more.length === 0) return { name: 'explain', rule }
  return { name: 'unknown', word: [word, ...rest].join(' ').slice(0, 100) }
}
