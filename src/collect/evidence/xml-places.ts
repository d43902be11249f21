/** Characters that are kept of earlier pieces, at the least: no name of an element is longer. */
const longestMark = 1024

/** The line and the column at offsets of a text that comes in pieces, for offsets that only grow. Both count from 1. */
export class XmlPlaces {
  /** The last piece, and what is before it: a tag may begin in one piece and end in another. */
  #window = ''
  #base = 0
  #last = 0
  #line = 1
  #lineStart = 0
  /** Where the first line break is that was not counted, as an offset of the text; beyond the window where there is none. */
  #next = Infinity

  take(chunk: string): void {
    const kept = this.#window.slice(Math.min(this.#last, Math.max(0, this.#window.length - longestMark)))
    const dropped = this.#window.length - kept.length
    this.#count(this.#base + dropped)
    this.#base += dropped
    this.#last = kept.length
    this.#window = kept + chunk
    this.#next = this.#find(Math.max(this.#lineStart - this.#base, 0))
  }

  // Looked for once for each line break: a file of one line has none, and a search for each offset would read it all again.
  #find(from: number): number {
    const next = this.#window.indexOf('\n', from)
    return next < 0 ? Infinity : this.#base + next
  }

  #count(offset: number): void {
    while (this.#next < offset) {
      this.#line++
      this.#lineStart = this.#next + 1
      this.#next = this.#find(this.#lineStart - this.#base)
    }
  }

  #at(offset: number): { line: number; column: number } {
    this.#count(offset)
    return { line: this.#line, column: Math.max(1, offset - this.#lineStart + 1) }
  }

  /** The place of the character before an offset. */
  before(offset: number): { line: number; column: number } {
    return this.#at(Math.max(0, Math.min(offset, this.#base + this.#window.length) - 1))
  }

  /** The place where the mark that stands last before an offset begins. */
  startOf(mark: string, offset: number): { line: number; column: number } {
    const at = this.#window.lastIndexOf(mark, offset - this.#base - 1)
    return this.#at(this.#base + Math.max(0, at))
  }

  end(): { line: number; column: number } {
    return this.#at(this.#base + this.#window.length)
  }
}
