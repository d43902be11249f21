/** Writes evidence of one format in any length. Every file of this folder that exports `generators` is run. */
export interface EvidenceGenerator {
  /** The format, as its reader is called, and what is special about the file where a format has several rows. */
  name: string
  /** The file's name, which one of the kind's default globs has to match. */
  path: string
  /** The text in pieces, of about `size` characters in all, as the tool would write it. */
  text: (size: number) => Iterable<string>
}

/** A text of about `size` characters: a head, as many parts as fit, and a tail. */
export const partsOf = function* (
  size: number,
  { head = '', part, tail = '', between = '' }: Parts,
): Generator<string> {
  yield head
  let length = head.length + tail.length
  for (let index = 0; length < size; index++) {
    const text = (index === 0 ? '' : between) + part(index)
    length += text.length
    yield text
  }
  yield tail
}

interface Parts {
  head?: string
  part: (index: number) => string
  between?: string
  tail?: string
}
