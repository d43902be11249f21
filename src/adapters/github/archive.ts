import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'

/** Contents by git's id of them. */
export interface Contents {
  /** Sizes of the contents that are looked for. */
  wanted: ReadonlyMap<string, number>
  found: Map<string, Uint8Array>
}

/** Git's id of a content: SHA-1, or SHA-256 in a repository of that kind, whose ids are longer. */
export const blobId = (content: Uint8Array, likeId: string): string =>
  createHash(likeId.length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${content.byteLength}\0`)
    .update(content)
    .digest('hex')

const boundedTo = (most: number) =>
  async function* (bytes: AsyncIterable<unknown>): AsyncGenerator {
    let size = 0
    for await (const part of bytes) {
      size += (part as Buffer).byteLength
      if (size > most) throw new RangeError('the archive is larger than the commit that it was made from')
      yield part
    }
  }

const whole = async (bytes: AsyncIterable<unknown>): Promise<Uint8Array> => {
  const parts: Buffer[] = []
  for await (const part of bytes) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/**
 * Takes out of a gzipped tar the contents that are looked for. They are known by their ids alone: neither the names nor the
 * links nor the modes of the archive are looked at, so that nothing in it can say where a content belongs, or be taken for
 * another. Rejects where the archive is broken or unpacks to more than `most` bytes; what was found before that is kept.
 */
export const searchArchive = async (
  archive: AsyncIterable<Uint8Array>,
  { wanted, found }: Contents,
  most: number,
): Promise<void> => {
  const sizes = new Set(wanted.values())
  const [anyId = ''] = wanted.keys()
  const entries = extract()
  const search = async (): Promise<void> => {
    for await (const entry of entries) {
      const { type, size } = entry.header
      if ((type !== 'file' && type !== 'contiguous-file') || !sizes.has(size)) {
        entry.resume()
        continue
      }
      const content = await whole(entry)
      const id = blobId(content, anyId)
      if (wanted.has(id)) found.set(id, content)
    }
  }
  const feed = pipeline(Readable.from(archive), createGunzip(), boundedTo(most), entries)
  await Promise.all([feed, search()])
}
