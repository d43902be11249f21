import { asMapping, asText } from '../../shape.ts'
import type { KubernetesObject } from '../objects.ts'

/** What stands for a value that a template made up: it is computed. */
const generated = '{{ generated }}'

const decoded = (text: string): string | undefined => {
  try {
    return atob(text.replaceAll(/\s+/g, ''))
  } catch {
    return undefined
  }
}

/**
 * Takes out of a rendered Secret the values that the chart has nowhere in so many words: they are drawn or put together
 * while it is rendered, and are not in the repository.
 * @param isWritten whether the chart's files have a text
 */
export const forgetGenerated = ({ kind, value }: KubernetesObject, isWritten: (text: string) => boolean): void => {
  if (kind !== 'Secret') return
  for (const part of ['data', 'stringData']) {
    const entries = asMapping(value[part])
    for (const [key, raw] of Object.entries(entries ?? {})) {
      const text = asText(raw)
      if (entries === undefined || text === undefined || text === '') continue
      const plain = part === 'data' ? decoded(text) : text
      const said = [text, plain].some((one) => one !== undefined && one !== '' && isWritten(one.trim()))
      if (!said && plain !== '') entries[key] = generated
    }
  }
}
