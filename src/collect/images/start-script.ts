import { readInvocation, type Invocation } from '../docker/command.ts'
import { shellCommands } from '../docker/shell.ts'
import { baseOf } from '../tree-path.ts'

/** One command that runs when an image starts, and where it is written: `CMD`, `start.sh:4`. */
export interface StartCommand {
  invocation: Invocation
  words: readonly string[]
  at: string
}

const opens = /(?:^|[\s;])(?:if|case)\s/g
const closes = /(?:^|[\s;])(?:fi|esac)(?=$|[\s;])/g
const aside = /\bdev|debug|test|local|\bcommand -v\b|\bwhich\b|\btype\b|\bhash\b|-x "?\$?\(?\//i
/** Another way is taken where the first fails. */
const fallback = /\|\|\s*(?!exit\b|echo\b|true\b|:|return\b|printf\b|\{|\(|die\b|fail\b|error\b|log\b|\s|$)/

const count = (line: string, pattern: RegExp): number => [...line.matchAll(pattern)].length

/**
 * The commands of a start script, those left out that only development or the presence of a program leads to, or that
 * another takes the place of where they fail. More than that is not known of when they run.
 */
export const scriptCommands = (text: string, name: string): StartCommand[] => {
  const conditions: boolean[] = []
  const kept: string[] = []
  for (const line of text.split('\n')) {
    const bare = line.replace(/(?:^|\s)#.*$/, '')
    const opened = count(bare, opens)
    for (let at = 0; at < opened; at++) conditions.push(aside.test(bare))
    if (/^\s*(?:elif|else)\b/.test(bare) && conditions.length > 0)
      conditions[conditions.length - 1] ||= aside.test(bare)
    const skip = conditions.includes(true) || fallback.test(bare) || (opened > 0 && aside.test(bare))
    // An empty line in its place keeps the numbers of the lines.
    kept.push(skip ? '' : line)
    for (let at = count(bare, closes); at > 0; at--) conditions.pop()
  }
  const script = kept.join('\n')
  return shellCommands(script).flatMap((command) => {
    const invocation = readInvocation(command)
    const line = script.slice(0, command.offset).split('\n').length
    return invocation === undefined
      ? []
      : [{ invocation, words: command.words.map((word) => word.text), at: `${name}:${line}` }]
  })
}

/** The commands of a CMD or ENTRYPOINT, or of a script of package.json. */
export const writtenCommands = (exec: readonly string[] | undefined, text: string, at: string): StartCommand[] => {
  const script = exec === undefined ? text : exec.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
  if (exec === undefined && fallback.test(text)) return []
  return shellCommands(script).map((command) => {
    const words = command.words.map((word) => word.text)
    // An init alone, which is given its command elsewhere.
    const alone = { program: baseOf(words[0] ?? ''), verb: '', options: [], operands: [], sudo: false, command }
    return { invocation: readInvocation(command) ?? alone, words, at }
  })
}
