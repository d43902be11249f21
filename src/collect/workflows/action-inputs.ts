import type { Sink } from '../collector.ts'
import { actionInputs } from './action-inputs-table.ts'
import type { Step } from './step.ts'

/** What the action of an input in a major version says to it. */
interface Answer {
  known: boolean
  /** A name that the version knows and that may be meant; empty for none. */
  hint: string
}

const majorOf = (ref: string): number | undefined => {
  const found = /^v?(\d{1,3})(?:\.\d+){0,2}$/.exec(ref)?.[1]
  return found === undefined ? undefined : Number(found)
}

/** `name@1-3`: the name, and the major versions that have it. */
const parseToken = (token: string): { name: string; from: number; to: number } => {
  const [name = '', range] = token.split('@')
  const [from = '', to = ''] = range?.split('-') ?? []
  return { name, from: from === '' ? 0 : Number(from), to: to === '' ? Infinity : Number(to) }
}

const parsed = new Map<string, ReturnType<typeof parseToken>[]>()

const inputsOf = (action: string, text: string): ReturnType<typeof parseToken>[] => {
  const known = parsed.get(action) ?? text.split(' ').map(parseToken)
  parsed.set(action, known)
  return known
}

/** Two names are near when one holds the other: `webhook` and `webhook-url`. */
const isNear = (a: string, b: string): boolean => a.length > 2 && b.length > 2 && (a.includes(b) || b.includes(a))

const answer = (action: string, major: number, input: string): Answer | undefined => {
  const entry = Object.hasOwn(actionInputs, action) ? actionInputs[action] : undefined
  if (entry === undefined || major > entry.latest) return undefined
  const inputs = inputsOf(action, entry.inputs).filter(({ from, to }) => from <= major && major <= to)
  if (inputs.length === 0) return undefined
  const name = input.toLowerCase()
  const known = inputs.some((one) => one.name.toLowerCase() === name)
  return { known, hint: known ? '' : (inputs.find((one) => isNear(one.name.toLowerCase(), name))?.name ?? '') }
}

/** Reports every input that a step gives to an action whose inputs are known, where its version is written as a tag. */
export const emitInputs = (step: Step, sink: Sink): void => {
  const { uses } = step
  const major = uses?.source === 'repository' ? majorOf(uses.ref) : undefined
  if (uses === undefined || major === undefined) return
  for (const input of Object.keys(step.inputs)) {
    const found = answer(uses.name.toLowerCase(), major, input)
    // Every action that is a container takes these two.
    if (found === undefined || input === 'args' || input === 'entrypoint') continue
    sink.fact({
      kind: 'workflows.input',
      subject: step.subject,
      place: step.atInput(input),
      value: { action: uses.text, input, ...found },
    })
  }
}
