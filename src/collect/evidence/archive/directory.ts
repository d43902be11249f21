import { ArchiveRefused, maxEntries, maxName } from './bounds.ts'

/** One file of an archive, as its directory has it. */
export interface ArchiveEntry {
  name: string
  /** Bytes as they are stored. */
  packed: number
  /** Bytes as they come out. */
  size: number
  crc: number
  /** 0 stored, 8 deflated. */
  method: number
  /** Where its local header begins. */
  offset: number
  flags: number
  /** The unix mode, where the archive was made on unix. */
  mode: number | undefined
}

const endLength = 22
const entryLength = 46
const maxComment = 65_535

const broken = (reason: string): ArchiveRefused => new ArchiveRefused('archive-syntax', reason)

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** The record at the archive's end. Its comment has to reach the end exactly, so that there is one directory and no second one. */
const endRecord = (bytes: Uint8Array, view: DataView): number => {
  const last = bytes.length - endLength
  for (let at = last; at >= Math.max(0, last - maxComment); at--)
    if (view.getUint32(at, true) === 0x06054b50 && at + endLength + view.getUint16(at + 20, true) === bytes.length)
      return at
  throw broken('is no whole zip archive: its directory is missing')
}

/** UTF-8 where the archive says so or where it is; else one character a byte. */
export const decodeName = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  }
}

/**
 * Reads the directory of a zip archive, entry by entry, without opening any.
 * @throws ArchiveRefused for what is no archive, for one in parts, and for one of the 64-bit form
 */
export const readDirectory = (bytes: Uint8Array): { entries: ArchiveEntry[]; start: number } => {
  const view = viewOf(bytes)
  if (bytes.length < endLength) throw broken('is no whole zip archive: its directory is missing')
  const end = endRecord(bytes, view)
  const count = view.getUint16(end + 10, true)
  const length = view.getUint32(end + 12, true)
  const start = view.getUint32(end + 16, true)
  if (count === 0xffff || length === 0xffffffff || start === 0xffffffff)
    throw new ArchiveRefused('archive-unsupported', 'is of the 64-bit form of zip, which is not read')
  if (view.getUint16(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count)
    throw new ArchiveRefused('archive-unsupported', 'is one part of several')
  if (count > maxEntries) throw new ArchiveRefused('archive-too-many', `holds more than ${maxEntries} files`)
  if (start + length !== end) throw broken('has a directory of another size than it says')
  const entries: ArchiveEntry[] = []
  let at = start
  for (let index = 0; index < count; index++) {
    if (at + entryLength > end || view.getUint32(at, true) !== 0x02014b50) throw broken('has a broken directory')
    const nameLength = view.getUint16(at + 28, true)
    const next = at + entryLength + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (next > end) throw broken('has a broken directory')
    if (nameLength > maxName) throw new ArchiveRefused('archive-name', 'has a file with a name that is too long')
    entries.push({
      name: decodeName(bytes.subarray(at + entryLength, at + entryLength + nameLength)),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      mode: view.getUint8(at + 5) === 3 ? view.getUint16(at + 40, true) : undefined,
      offset: view.getUint32(at + 42, true),
    })
    at = next
  }
  if (at !== end) throw broken('has a directory of another size than it says')
  return { entries, start }
}

/** Names of the local headers of what may have been an archive, for one whose directory cannot be read. At most a thousand. */
export const glimpsedNames = (bytes: Uint8Array): string[] => {
  const view = viewOf(bytes)
  const names: string[] = []
  for (
    let at = bytes.indexOf(0x50);
    at >= 0 && at + 30 <= bytes.length && names.length < 1000;
    at = bytes.indexOf(0x50, at + 1)
  ) {
    if (view.getUint32(at, true) !== 0x04034b50) continue
    const length = Math.min(view.getUint16(at + 26, true), maxName)
    names.push(decodeName(bytes.subarray(at + 30, at + 30 + length)))
  }
  return names
}
