/** Turns offsets of one text into lines and columns, both from 1. A text whose places nobody asks for costs nothing. */
export class Lines {
  readonly #text: string
  #starts: number[] | undefined

  constructor(text: string) {
    this.#text = text
  }

  /** The place of an offset in UTF-16 units. */
  of(offset: number): { line: number; column: number } {
    const starts = (this.#starts ??= this.#find())
    let low = 0
    let high = starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    return { line: low, column: offset - (starts[low - 1] ?? 0) + 1 }
  }

  #find(): number[] {
    const starts = [0]
    for (let at = this.#text.indexOf('\n'); at !== -1; at = this.#text.indexOf('\n', at + 1)) starts.push(at + 1)
    return starts
  }
}
