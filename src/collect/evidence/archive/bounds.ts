/** Why an archive is refused as a whole. */
export class ArchiveRefused extends Error {
  readonly code: string
  /** What it seems to hold, as far as could be seen. */
  names: readonly string[] | undefined

  constructor(code: string, reason: string, names?: readonly string[]) {
    super(reason)
    this.name = 'ArchiveRefused'
    this.code = code
    this.names = names
  }
}

/** A larger archive is not read: it is held in memory while its directory is at its end. Bytes. */
export const maxArchiveSize = 64_000_000

/** More files than the results of any run. */
export const maxEntries = 10_000

/** What may come out of one archive. Bytes. */
export const maxInflated = 512_000_000

/** Text of test results shrinks to a thirtieth, and rarely to less than a hundredth. */
export const maxRatio = 200

/** Small files of blanks may shrink as they like. Bytes. */
export const ratioMatters = 1_000_000

/** A longer name is no path of a file. Characters. */
export const maxName = 1_024
