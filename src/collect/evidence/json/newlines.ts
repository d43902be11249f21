const newline = 10

/** Where offsets of a stream of bytes are, for offsets that only grow. Lines and columns count from 1, columns in bytes. */
export class Newlines {
  #chunk = new Uint8Array()
  #base = 0
  #line = 1
  #lineStart = 0
  /** Where the first line break is that was not counted, as an offset of the stream; beyond the piece where there is none. */
  #next = Infinity

  /** Takes the next piece; what was not asked of the one before is counted and forgotten. */
  take(chunk: Uint8Array): void {
    this.at(this.#base + this.#chunk.length)
    this.#base += this.#chunk.length
    this.#chunk = chunk as Uint8Array<ArrayBuffer>
    this.#next = this.#find(0)
  }

  // Looked for once for each line break: a file of one line has none, and a search for each offset would read it all again.
  #find(from: number): number {
    const next = this.#chunk.indexOf(newline, from)
    return next < 0 ? Infinity : this.#base + next
  }

  at(offset: number): { line: number; column: number } {
    while (this.#next < offset) {
      this.#line++
      this.#lineStart = this.#next + 1
      this.#next = this.#find(this.#lineStart - this.#base)
    }
    return { line: this.#line, column: offset - this.#lineStart + 1 }
  }

  /** Where the piece taken last ends. */
  end(): { line: number; column: number } {
    return this.at(this.#base + this.#chunk.length)
  }
}
