import { asList, asMapping, asText } from '../../shape.ts'

/** One step into a rendered document: a key or an index, and what stands there. */
export interface Step {
  key: string | number
  value: unknown
}

/** What tells the items of a list apart, whatever their order. The first that an item has counts. */
const identities = ['name', 'containerPort', 'mountPath', 'devicePath', 'port', 'number', 'key', 'host', 'path', 'ip']

/** The key that tells an item of a list from its neighbours, and its value. */
export const identityOf = (item: unknown): { key: string; text: string } | undefined => {
  const map = asMapping(item)
  for (const key of identities) {
    const text = asText(map?.[key])
    if (text !== undefined) return { key, text }
  }
  return undefined
}

const indexIn = (list: readonly unknown[], { key, value }: Step): number => {
  const identity = identityOf(value)
  if (identity !== undefined) return list.findIndex((item) => asText(asMapping(item)?.[identity.key]) === identity.text)
  const text = asText(value)
  if (text !== undefined) return list.findIndex((item) => asText(item) === text)
  return typeof key === 'number' && key < list.length ? key : -1
}

/** How far the steps lead into a source: the last holder and part that it has, and whether the value is the same. */
export interface Walk {
  depth: number
  holder: unknown
  part: string | number | undefined
  found: unknown
  same: boolean
}

/** Goes into a source by the steps of a rendered document as far as it can. Lists are matched by their items' names. */
export const walk = (root: unknown, steps: readonly Step[]): Walk => {
  let at: Walk = { depth: 0, holder: undefined, part: undefined, found: root, same: false }
  for (const step of steps) {
    const list = asList(at.found)
    const part = list === undefined ? step.key : indexIn(list, step)
    const held = list === undefined ? asMapping(at.found) : undefined
    if (list === undefined ? held === undefined || !(String(part) in held) : part === -1) return at
    const found = list === undefined ? held?.[String(part)] : list[Number(part)]
    at = { depth: at.depth + 1, holder: at.found, part, found, same: false }
  }
  const wanted = asText(steps.at(-1)?.value)
  return { ...at, same: wanted !== undefined && asText(at.found) === wanted }
}
