// UTF-8 that somebody read in another encoding and saved again: "âœ…" and "‚úÖ" were a tick.
const encodings = ['windows-1252', 'macintosh', 'windows-1254'] as const

const tables = new Map<string, Map<string, number>>()

const tableOf = (encoding: string): Map<string, number> => {
  const known = tables.get(encoding)
  if (known !== undefined) return known
  const decoder = new TextDecoder(encoding)
  const table = new Map<string, number>()
  for (let byte = 0x80; byte <= 0xff; byte++) table.set(decoder.decode(Uint8Array.of(byte)), byte)
  tables.set(encoding, table)
  return table
}

const decodedAs = (run: string, encoding: string): string | undefined => {
  const table = tableOf(encoding)
  const bytes: number[] = []
  for (const character of run) {
    const byte = table.get(character)
    if (byte === undefined) return undefined
    bytes.push(byte)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes))
  } catch {
    return undefined
  }
}

/** Undoes a wrong decoding where the result is valid UTF-8; every other character stays as it is. Lines are kept. */
export const repairMojibake = (text: string): string =>
  /[âðÃÂ‚]/.test(text)
    ? text.replace(/[^\0-\x7f]{2,64}/gu, (run) => {
        for (const encoding of encodings) {
          const repaired = decodedAs(run, encoding)
          if (repaired !== undefined) return repaired
        }
        return run
      })
    : text
