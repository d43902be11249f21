/** A word of a command, without its quotes. */
export interface Word {
  text: string
  /** Where it starts in the script. */
  offset: number
}

/** One simple command of a script: its words without redirections and keywords, and how it is joined to its neighbours. */
export interface Command {
  words: readonly Word[]
  offset: number
  /** Whether its output goes into the next command. */
  piped: boolean
  /** Whether it reads the output of the command before it. */
  reads: boolean
}

/** A script nests no deeper in `$(…)` and `sh -c`. */
const maxDepth = 4
/** A script has no more commands than this that are worth looking at. */
const maxCommands = 2_000

const keywords = new Set(['if', 'then', 'elif', 'else', 'while', 'until', 'do', '!', '{', 'time', 'fi', 'done', '}'])
const shells = new Set(['sh', 'bash', 'ash', 'dash', 'zsh'])

/**
 * Splits a shell script into its simple commands, those inside `$(…)` and `sh -c '…'` included. It knows quotes,
 * comments, pipes and here-documents; it evaluates nothing. Linear in the script's length.
 */
export const shellCommands = (script: string): Command[] => {
  const found: Command[] = []
  scan(script, 0, 0, found)
  return found
}

const scan = (script: string, base: number, depth: number, found: Command[]): void => {
  let words: Word[] = []
  let reads = false
  let word: Word | undefined
  const heredocs: string[] = []
  const endWord = (): void => {
    if (word !== undefined) words.push(word)
    word = undefined
  }
  const endCommand = (piped: boolean): void => {
    endWord()
    while (words[0] !== undefined && keywords.has(words[0].text)) words.shift()
    const [first] = words
    if (first !== undefined && found.length < maxCommands) {
      found.push({ words, offset: first.offset, piped, reads })
      const inner = depth < maxDepth ? scriptArgument(words) : undefined
      if (inner !== undefined) scan(inner.text, inner.offset, depth + 1, found)
    }
    words = []
    reads = piped
  }
  const append = (text: string, at: number): void => {
    word ??= { text: '', offset: base + at }
    word.text += text
  }
  for (let at = 0; at < script.length; at++) {
    const char = script[at] ?? ''
    const next = script[at + 1] ?? ''
    if (char === '\\') {
      if (next !== '\n') append(next, at)
      at++
    } else if (char === "'" || char === '"') {
      const end = closingQuote(script, at)
      append(script.slice(at + 1, end), at)
      if (char === '"' && depth < maxDepth) substitutions(script.slice(at + 1, end), base + at + 1, depth, found)
      at = end
    } else if (char === '$' && next === '(') {
      const end = closingParenthesis(script, at + 1)
      append(script.slice(at, end + 1), at)
      if (depth < maxDepth && script[at + 2] !== '(') scan(script.slice(at + 2, end), base + at + 2, depth + 1, found)
      at = end
    } else if (char === '#' && word === undefined) {
      const end = script.indexOf('\n', at)
      at = (end < 0 ? script.length : end) - 1
    } else if (char === '\n') {
      endCommand(false)
      if (heredocs.length > 0) at = skipHeredocs(script, at, heredocs)
    } else if (char === ' ' || char === '\t' || char === '\r') endWord()
    else if (char === ';' || char === '(' || char === ')' || char === '`') endCommand(false)
    else if (char === '|' || char === '&') {
      if (char === '&' && next === '>') continue
      endCommand(char === '|' && next !== '|')
      if (next === char || (char === '|' && next === '&')) at++
    } else if (char === '<' || char === '>') {
      if (/^\d$/.test(word?.text ?? '')) word = undefined
      endWord()
      at = redirection(script, at, heredocs)
    } else append(char, at)
  }
  endCommand(false)
}

const closingQuote = (script: string, open: number): number => {
  const quote = script[open]
  for (let at = open + 1; at < script.length; at++) {
    if (script[at] === '\\' && quote === '"') at++
    else if (script[at] === quote) return at
  }
  return script.length
}

const closingParenthesis = (script: string, open: number): number => {
  let level = 0
  for (let at = open; at < script.length; at++) {
    const char = script[at]
    if (char === '\\') at++
    else if (char === "'" || char === '"') at = closingQuote(script, at)
    else if (char === '(') level++
    else if (char === ')' && --level === 0) return at
  }
  return script.length
}

const substitutions = (quoted: string, base: number, depth: number, found: Command[]): void => {
  for (let at = quoted.indexOf('$('); at >= 0; at = quoted.indexOf('$(', at)) {
    const end = closingParenthesis(quoted, at + 1)
    if (quoted[at + 2] !== '(') scan(quoted.slice(at + 2, end), base + at + 2, depth + 1, found)
    at = end + 1
  }
}

/** The end of a redirection's target, which is no argument. Notes the word that ends a here-document. */
const redirection = (script: string, start: number, heredocs: string[]): number => {
  const rest = script.slice(start, start + 300)
  const match = /^(?:<<-?(?!<)|[<>]+[&|]?)[ \t]*(?:'[^'\n]*'|"[^"\n]*"|[^\s;|&()<>'"])*/.exec(rest)?.[0] ?? '<'
  const heredoc = /^<<-?[ \t]*["']?([A-Za-z_]\w*)/.exec(match)?.[1]
  if (heredoc !== undefined) heredocs.push(heredoc)
  return start + match.length - 1
}

const skipHeredocs = (script: string, newline: number, heredocs: string[]): number => {
  let at = newline
  while (heredocs.length > 0 && at < script.length) {
    const end = script.indexOf('\n', at + 1)
    const line = script.slice(at + 1, end < 0 ? script.length : end)
    if (line.trim() === heredocs[0]) heredocs.shift()
    at = end < 0 ? script.length : end
  }
  return at
}

/** The script that `sh -c` is given. */
const scriptArgument = (words: readonly Word[]): Word | undefined => {
  const shell = words.findIndex(({ text }) => shells.has(text.slice(text.lastIndexOf('/') + 1)))
  if (shell < 0 || shell > 3) return undefined
  const option = words.findIndex(({ text }, index) => index > shell && /^-[a-z]*c$/.test(text))
  return option < 0 ? undefined : words[option + 1]
}
