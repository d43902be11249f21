/** Why the bytes of a file are not text that can be judged. */
export class UnreadableText extends Error {
  readonly code: string
  /** What the bytes look like with the broken ones replaced, where there are any. */
  readonly glimpse: string | undefined

  constructor(code: string, reason: string, glimpse?: string) {
    super(reason)
    this.name = 'UnreadableText'
    this.code = code
    this.glimpse = glimpse
  }
}

const encodingOf = (head: Uint8Array): string => {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  if (head.subarray(0, 8192).includes(0))
    throw new UnreadableText('binary', 'is binary', new TextDecoder().decode(head))
  return 'utf-8'
}

/**
 * Decodes a text piece by piece, as `decodeText` does a whole one.
 * @throws UnreadableText, while it is read, for binary content and for bytes that are not in the encoding
 */
export const decodeChunks = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true })
    yield decodeWith(decoder, chunk)
  }
  if (decoder !== undefined) yield decodeWith(decoder)
}

const decodeWith = (decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): string => {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
  } catch {
    throw new UnreadableText('encoding', `is not valid ${decoder.encoding.toUpperCase()}`)
  }
}

const decodeAs = (label: string, bytes: Uint8Array): string => {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    throw new UnreadableText('encoding', `is not valid ${label.toUpperCase()}`, new TextDecoder(label).decode(bytes))
  }
}

/**
 * Decodes a text file: UTF-8, or UTF-16 where a byte order mark says so; the mark is taken away.
 * @throws UnreadableText for binary content and for bytes that are not in the encoding
 */
export const decodeText = (bytes: Uint8Array): string => {
  return decodeAs(encodingOf(bytes), bytes)
}
