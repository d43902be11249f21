import type { Likeness } from '../format.ts'

const start = /^\uFEFF?\s*(?:(\[)\s*(?:(\{)\s*)?|\{\s*)(?:"([^"\\]{0,200})"\s*:)?/

/** How a JSON text begins: in a list or not, and with which key. Undefined for what is no JSON object or list of them. */
export const jsonHead = (head: string): { list: boolean; first: string | undefined } | undefined => {
  const found = start.exec(head)
  return found === null ? undefined : { list: found[1] !== undefined, first: found[3] }
}

/** Whether a text is of a format whose reports have certain words near their beginning. */
export const likeness = (head: string, is: (first: string, list: boolean) => boolean): Likeness => {
  const json = jsonHead(head)
  if (json === undefined) return /^\s*$/.test(head) ? 'unclear' : 'other'
  if (json.first === undefined) return 'unclear'
  return is(json.first, json.list) ? 'this' : 'other'
}

/** Whether all of the keys are written somewhere. */
export const hasKeys = (head: string, ...keys: readonly string[]): boolean =>
  keys.every((key) => head.includes(`"${key}"`))
