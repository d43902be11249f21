import type { Sink } from '../collector.ts'
import { programWords } from '../workflows/shell.ts'
import { nameOf, type Script, type Step } from './script.ts'

/** A function in a function in a function. */
const maxDepth = 4
/** No deployment has more steps. */
const maxSteps = 3_000

/** The steps in the order in which they run when nothing goes wrong: calls of functions become the functions' own steps. */
const executed = (script: Script): Step[] => {
  const bodies = new Map<string, Step[]>()
  for (const step of script.steps) {
    if (step.inside === undefined) continue
    const body = bodies.get(step.inside) ?? []
    body.push(step)
    bodies.set(step.inside, body)
  }
  const order: Step[] = []
  const run = (steps: readonly Step[], depth: number): void => {
    for (const step of steps) {
      if (order.length >= maxSteps) return
      const called = bodies.get(programWords(step.words)[0] ?? '')
      if (called !== undefined && called[0] !== step && depth < maxDepth) run(called, depth + 1)
      else order.push(step)
    }
  }
  run(
    script.steps.filter(({ inside }) => inside === undefined),
    0,
  )
  return order
}

const configuration = /(?:config-?maps?|secrets?)(?:[.\w-]*)\.ya?ml["']?$/i

const kubectl = (step: Step): readonly string[] => {
  const words = programWords(step.words)
  return nameOf(words[0] ?? '') === 'kubectl' ? words.slice(1) : []
}

const waits = (words: readonly string[]): boolean =>
  (words.includes('rollout') && words.includes('status')) ||
  (words[0] === 'wait' && words.some((word) => /^(?:deploy|pod|statefulset)/.test(word)))

const files = (words: readonly string[]): string[] =>
  words.flatMap((word, index) =>
    word === '-f' || word === '--filename'
      ? (words[index + 1] ?? [])
      : word.startsWith('--filename=')
        ? word.slice('--filename='.length)
        : [],
  )

/** Emits the ConfigMaps and Secrets that a script applies, with whether it waited for pods before. */
export const emitRollouts = (script: Script, sink: Sink): void => {
  if (!script.steps.some((step) => waits(kubectl(step)))) return
  const order = executed(script)
  const seen = new Set<string>()
  let waited = 0
  let everything = false
  for (const step of order) {
    const words = kubectl(step)
    if (waits(words) && waited === 0) waited = step.line
    if (words[0] !== 'apply' && words[0] !== 'create') continue
    if (words.some((word) => word === '-k' || word === '--kustomize' || word === '-R' || word === '--recursive'))
      everything = true
    for (const file of files(words)) {
      if (!/\.(?:ya?ml|json)["']?$/.test(file)) everything = true
      if (!configuration.test(file) || seen.has(file)) continue
      seen.add(file)
      sink.fact({
        kind: 'operations.rollout',
        subject: `script ${script.path}`,
        place: { path: script.path, line: step.line, column: 1 },
        value: { file: nameOf(file), afterWait: waited > 0 && !everything, waitLine: waited },
      })
    }
  }
}
