import type { ProgramText } from './reading.ts'

const literal = /["'`]([\w./:{}<>*$()@?+-]{1,200})["'`]/g
const word = /[A-Za-z_]\w*/g

/** The texts that go into an image. Images that take the same folders share one, and what is asked of it is worked out once. */
export class TextSet {
  /** All but tests. */
  readonly texts: readonly ProgramText[]
  readonly source: readonly ProgramText[]
  /** There is more of it, or of all of them, than is searched. */
  readonly cut: boolean
  readonly #answers = new Map<string, unknown>()

  constructor(texts: readonly ProgramText[], cut: boolean) {
    this.texts = texts.filter(({ test }) => !test)
    this.source = this.texts.filter(({ language }) => language !== undefined)
    this.cut = cut
  }

  /** Works something out at the first time that it is asked. */
  once<T>(key: string, work: () => T): T {
    if (!this.#answers.has(key)) this.#answers.set(key, work())
    return this.#answers.get(key) as T
  }

  /** Every word of the source and the configuration. */
  get words(): ReadonlySet<string> {
    return this.once('words', () => {
      const words = new Set<string>()
      if (!this.cut) for (const { text } of this.texts) for (const match of text.matchAll(word)) words.add(match[0])
      return words
    })
  }

  /** Every short string of the source. */
  get literals(): ReadonlySet<string> {
    return this.once('literals', () => {
      const literals = new Set<string>()
      if (!this.cut)
        for (const { text } of this.source) for (const [, value = ''] of text.matchAll(literal)) literals.add(value)
      return literals
    })
  }

  /** The first text that has a pattern, and where. */
  find(pattern: RegExp): { text: ProgramText; match: RegExpExecArray } | undefined {
    return this.once(`find ${pattern.source}`, () => {
      for (const text of this.cut ? [] : this.source) {
        const match = pattern.exec(text.text)
        if (match !== null) return { text, match }
      }
      return undefined
    })
  }
}
