import { Inflate } from 'fflate'
import { ArchiveRefused } from './bounds.ts'
import type { ArchiveFile } from './entries.ts'

/** So much is inflated at once: DEFLATE makes at most 1,032 bytes of one, so that 4 MB are held. Bytes. */
const step = 4_096

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

/** Continues a CRC-32 over more bytes; begins with 0. */
export const crc32 = (bytes: Uint8Array, before = 0): number => {
  let crc = ~before
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0)
  return ~crc >>> 0
}

const pieces = function* (packed: Uint8Array): Generator<Uint8Array> {
  let out: Uint8Array[] = []
  const inflate = new Inflate((chunk) => void out.push(chunk))
  for (let at = 0; at < packed.length || at === 0; at += step) {
    inflate.push(packed.subarray(at, at + step), at + step >= packed.length)
    yield* out
    out = []
  }
}

/**
 * The content of a file of an archive, piece by piece.
 * @throws ArchiveRefused, while it is read, as soon as it is not what the directory says
 */
export const contentOf = function* (bytes: Uint8Array, file: ArchiveFile): Generator<Uint8Array> {
  const packed = bytes.subarray(file.from, file.to)
  const wrong = (): ArchiveRefused =>
    new ArchiveRefused(
      'archive-content',
      `has ${JSON.stringify(file.name.slice(0, 80))} with another content than its directory says`,
    )
  let size = 0
  let crc = 0
  try {
    for (const chunk of file.method === 0 ? [packed] : pieces(packed)) {
      size += chunk.length
      if (size > file.size) throw new ArchiveRefused('archive-bomb', 'holds more than its directory says')
      crc = crc32(chunk, crc)
      if (chunk.length > 0) yield chunk
    }
  } catch (error) {
    throw error instanceof ArchiveRefused ? error : wrong()
  }
  if (size !== file.size || crc !== file.crc) throw wrong()
}
