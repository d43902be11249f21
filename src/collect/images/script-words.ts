import type { Step } from '../workflows/step.ts'
import { resolveWord, type Scope } from './resolve.ts'

/** A command of a script, with the literal variables that are set before it. Names are in lower case. */
export interface ScriptCommand {
  words: readonly string[]
  line: number
  shell: Readonly<Record<string, string>>
}

/** Loops and assignments of one script; more are not written by people. */
const maxExpanded = 500

const assignment = /^([A-Za-z_]\w*)=(.*)$/s

/**
 * The commands of a run step, those inside a `for` over written words once for each word. Assignments are followed from
 * top to bottom; what is set in a branch counts from there on.
 */
export const scriptWords = (step: Step, scope: Scope): ScriptCommand[] => {
  const found: ScriptCommand[] = []
  const shell: Record<string, string> = {}
  let loop: { name: string; values: readonly string[] } | undefined
  for (const { words, line } of step.commands) {
    const [first = '', name = '', keyword = ''] = words
    if (first === 'for' && keyword === 'in') {
      const values = words.slice(3).filter((word) => word !== 'do')
      loop = values.every((word) => /^[\w./:-]+$/.test(word)) ? { name: name.toLowerCase(), values } : undefined
      if (loop === undefined) delete shell[name.toLowerCase()]
      continue
    }
    if (first === 'done') loop = undefined
    for (const word of words[0] === 'export' || words[0] === 'local' ? words.slice(1) : words) {
      const set = assignment.exec(word)
      if (set === null) break
      shell[(set[1] ?? '').toLowerCase()] = resolveWord(set[2] ?? '', { ...scope, shell })
    }
    for (const value of loop?.values ?? [undefined]) {
      if (found.length >= maxExpanded) return found
      found.push({
        words: first === 'do' ? words.slice(1) : words,
        line,
        shell: value === undefined || loop === undefined ? { ...shell } : { ...shell, [loop.name]: value },
      })
    }
  }
  return found
}
