import type { Refusal } from './format.ts'

/** Ends the reading of a text from inside a parser's callbacks. Whoever started the parser turns it back into the refusal. */
export class Refused extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.reason)
    this.name = 'Refused'
    this.refusal = refusal
  }
}
