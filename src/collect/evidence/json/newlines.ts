const newline = 10

/** Where offsets of a stream of bytes are, for offsets that only grow. Lines and columns count from 1, columns in bytes. */
export class Newlines {
  #chunk = new Uint8Array()
  #base = 0
  #line = 1
  #lineStart = 0

  /** Takes the next piece; what was not asked of the one before is counted and forgotten. */
  take(chunk: Uint8Array): void {
    this.at(this.#base + this.#chunk.length)
    this.#base += this.#chunk.length
    this.#chunk = chunk as Uint8Array<ArrayBuffer>
  }

  at(offset: number): { line: number; column: number } {
    let from = Math.max(this.#lineStart, this.#base) - this.#base
    for (;;) {
      const next = this.#chunk.indexOf(newline, from)
      if (next < 0 || this.#base + next >= offset) break
      this.#line++
      from = next + 1
      this.#lineStart = this.#base + from
    }
    return { line: this.#line, column: offset - this.#lineStart + 1 }
  }

  /** Where the piece taken last ends. */
  end(): { line: number; column: number } {
    return this.at(this.#base + this.#chunk.length)
  }
}
