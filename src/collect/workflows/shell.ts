/** One simple command of a script: its words without quotes, and what joins it to the next. */
export interface Command {
  words: readonly string[]
  /** Index of the line in the script on which it starts, from 0. */
  line: number
  /** What follows: `|`, `||`, `&&`, `;`, `&`, a new line, or nothing. */
  joined: string
}

/** A longer script is cut, and named as not judged: GitHub itself refuses more than 21,000 where expressions are in it. Characters. */
export const maxScript = 50_000

const operators = ['||', '&&', ';;', '|&', '|', ';', '&', '\n']

/** Where a `$( )`, a backtick or a `${{ }}` that starts at `from` ends. What is inside is one opaque piece of a word. */
const endOfNested = (text: string, from: number): number => {
  if (text.startsWith('${{', from)) {
    const close = text.indexOf('}}', from)
    return close < 0 ? text.length : close + 2
  }
  if (text[from] === '`') {
    const close = text.indexOf('`', from + 1)
    return close < 0 ? text.length : close + 1
  }
  let depth = 0
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '(') depth++
    else if (text[at] === ')' && --depth === 0) return at + 1
  }
  return text.length
}

const isNested = (text: string, at: number): boolean =>
  text[at] === '`' || text.startsWith('${{', at) || text.startsWith('$(', at)

/** Reads a POSIX-like script just far enough to tell its commands apart. Heredocs' bodies and comments are not commands. */
class ShellReader {
  readonly commands: Command[] = []
  readonly #text: string
  #at = 0
  #line = 0
  #words: string[] = []
  #word: string | undefined
  #startLine = 0
  #heredocs: string[] = []

  constructor(script: string) {
    this.#text = script.slice(0, maxScript)
  }

  read(): Command[] {
    while (this.#at < this.#text.length) this.#step()
    this.#endCommand('')
    return this.commands
  }

  #step(): void {
    const text = this.#text
    const char = text[this.#at] ?? ''
    if (char === '\\') return this.#escape()
    if (isNested(text, this.#at)) return this.#take(endOfNested(text, this.#at))
    if (char === "'" || char === '"') return this.#quoted(char)
    if (char === '#' && this.#word === undefined) {
      const end = text.indexOf('\n', this.#at)
      this.#at = end < 0 ? text.length : end
      return
    }
    if (text.startsWith('<<', this.#at) && !text.startsWith('<<<', this.#at)) return this.#heredoc()
    const operator = text.startsWith('>&', this.#at) || text.startsWith('&>', this.#at) ? undefined : this.#operator()
    if (operator !== undefined) return this.#endAt(operator)
    if (char === ' ' || char === '\t' || char === '\r' || char === '(' || char === ')') {
      this.#endWord()
      this.#at++
      return
    }
    this.#take(this.#at + (text.startsWith('>&', this.#at) || text.startsWith('&>', this.#at) ? 2 : 1))
  }

  #operator(): string | undefined {
    return operators.find((operator) => this.#text.startsWith(operator, this.#at))
  }

  #take(end: number): void {
    if (this.#word === undefined && this.#words.length === 0) this.#startLine = this.#line
    const piece = this.#text.slice(this.#at, end)
    this.#word = (this.#word ?? '') + piece
    this.#line += piece.split('\n').length - 1
    this.#at = end
  }

  #escape(): void {
    if (this.#text[this.#at + 1] === '\n') {
      this.#endWord()
      this.#line++
      this.#at += 2
      return
    }
    this.#at++
    this.#take(Math.min(this.#at + 1, this.#text.length))
  }

  #quoted(quote: string): void {
    this.#at++
    if (this.#word === undefined && this.#words.length === 0) this.#startLine = this.#line
    this.#word ??= ''
    while (this.#at < this.#text.length && this.#text[this.#at] !== quote) {
      if (quote === '"' && isNested(this.#text, this.#at)) this.#take(endOfNested(this.#text, this.#at))
      else {
        if (quote === '"' && this.#text[this.#at] === '\\') this.#at++
        this.#take(Math.min(this.#at + 1, this.#text.length))
      }
    }
    this.#at++
  }

  #heredoc(): void {
    this.#endWord()
    this.#at += this.#text[this.#at + 2] === '-' ? 3 : 2
    const tag = /^[ \t]*['"\\]?(\w{1,80})['"]?/.exec(this.#text.slice(this.#at, this.#at + 120))
    if (tag === null) return
    this.#at += tag[0].length
    this.#heredocs.push(tag[1] ?? '')
  }

  #endAt(operator: string): void {
    this.#endCommand(operator)
    this.#at += operator.length
    if (operator !== '\n') return
    this.#line++
    for (const tag of this.#heredocs) this.#skipTo(tag)
    this.#heredocs = []
  }

  #skipTo(tag: string): void {
    while (this.#at < this.#text.length) {
      const end = this.#text.indexOf('\n', this.#at)
      const line = this.#text.slice(this.#at, end < 0 ? undefined : end)
      this.#at = end < 0 ? this.#text.length : end + 1
      this.#line++
      if (line.trim() === tag) return
    }
  }

  #endWord(): void {
    if (this.#word !== undefined) this.#words.push(this.#word)
    this.#word = undefined
  }

  #endCommand(joined: string): void {
    this.#endWord()
    const last = this.commands.at(-1)
    if (this.#words.length > 0) this.commands.push({ words: this.#words, line: this.#startLine, joined })
    // `a ||` at the end of a line goes on at the next.
    else if (last !== undefined && last.joined === '\n') last.joined = joined === '\n' ? '\n' : joined
    this.#words = []
  }
}

/** The simple commands of a script, in order. Never throws: what is not shell gives odd words, and no harm. */
export const shellCommands = (script: string): readonly Command[] => new ShellReader(script).read()

const keywords = new Set([
  'if',
  'then',
  'else',
  'elif',
  'do',
  'while',
  'until',
  '!',
  '{',
  'time',
  'sudo',
  'exec',
  'env',
])
const runners = new Set(['npx', 'bunx', 'pnpx', 'xvfb-run', 'dotenv', 'nice', 'uvx', 'pipx'])
const nestedRunners: Record<string, readonly string[]> = {
  pnpm: ['exec', 'dlx'],
  yarn: ['exec', 'dlx'],
  npm: ['exec'],
  poetry: ['run'],
  uv: ['run'],
  pipenv: ['run'],
  pdm: ['run'],
  hatch: ['run'],
  pipx: ['run'],
  bundle: ['exec'],
  python: ['-m'],
  python3: ['-m'],
}

/** The words of what really runs: without `sudo`, assignments, `npx`, `poetry run` and the like before it. */
export const programWords = (words: readonly string[]): readonly string[] => {
  let at = 0
  while (at < words.length) {
    const word = words[at] ?? ''
    const next = words[at + 1] ?? ''
    if (keywords.has(word) || /^[A-Za-z_]\w*=/.test(word)) at++
    else if (nestedRunners[word]?.includes(next) === true) at += 2
    else if (runners.has(word)) {
      at++
      while (words[at]?.startsWith('-') === true) at++
    } else break
  }
  return words.slice(at)
}
