/** A full commit hash, in lower case; anything else is not known to be one. */
export const commitOf = (text: unknown): string | undefined =>
  typeof text === 'string' && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(text) ? text.toLowerCase() : undefined

/** The sha256 in a digest or in a reference that ends in one. */
export const digestOf = (text: unknown): string | undefined =>
  typeof text === 'string' ? /(?:^|[@:])sha256:([0-9a-f]{64})$/i.exec(text.slice(-80))?.[1]?.toLowerCase() : undefined
