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
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs('utf-16le', bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs('utf-16be', bytes)
  if (bytes.subarray(0, 8192).includes(0))
    throw new UnreadableText('binary', 'is binary', new TextDecoder().decode(bytes))
  return decodeAs('utf-8', bytes)
}
