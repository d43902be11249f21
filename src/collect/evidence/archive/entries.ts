import { ArchiveRefused, maxInflated, maxRatio, ratioMatters } from './bounds.ts'
import { decodeName, type ArchiveEntry } from './directory.ts'

const headerLength = 30

const refuse = (code: string, reason: string): ArchiveRefused => new ArchiveRefused(code, reason)

/** Encrypted, strongly encrypted, or with headers that are masked. */
const encrypted = 0x1 | 0x40 | 0x2000
/** The sizes follow the content. */
const streamed = 0x8

const fileTypes = 0o170000
const isPlain = (mode: number | undefined): boolean => {
  const type = (mode ?? 0) & fileTypes
  return type === 0 || type === 0o100000 || type === 0o040000
}

const shown = (name: string): string => JSON.stringify(name.slice(0, 80))

const checkName = (name: string): void => {
  const path = name.endsWith('/') ? name.slice(0, -1) : name
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what no name may have
  const odd = /[\u0000-\u001f\u007f\\]/.test(name) || /^[A-Za-z]:/.test(name)
  const parts = path.split('/')
  if (odd || parts.some((part) => part === '' || part === '.' || part === '..'))
    throw refuse('archive-path', `has a file ${shown(name)}, which leads elsewhere`)
}

const checkEntry = ({ name, flags, method, packed, size, mode }: ArchiveEntry): void => {
  checkName(name)
  if ((flags & encrypted) !== 0) throw refuse('archive-encrypted', 'is encrypted')
  if (!isPlain(mode)) throw refuse('archive-link', `has ${shown(name)}, which is a link or a device`)
  if (method !== 0 && method !== 8)
    throw refuse('archive-unsupported', `has ${shown(name)}, which is packed by a method that is not read`)
  if (method === 0 && packed !== size) throw refuse('archive-syntax', `has ${shown(name)} in two sizes`)
  if (size > ratioMatters && size > packed * maxRatio)
    throw refuse('archive-bomb', `has ${shown(name)}, which grows more than ${maxRatio} times`)
}

/** One entry, and where its packed content lies. */
export interface ArchiveFile extends ArchiveEntry {
  from: number
  to: number
}

const locate = (bytes: Uint8Array, view: DataView, entry: ArchiveEntry, end: number): ArchiveFile => {
  const { offset, packed, name } = entry
  const wrong = (): ArchiveRefused =>
    refuse('archive-syntax', `has ${shown(name)}, which is not where its directory says`)
  if (offset + headerLength > end || view.getUint32(offset, true) !== 0x04034b50) throw wrong()
  const nameEnd = offset + headerLength + view.getUint16(offset + 26, true)
  const from = nameEnd + view.getUint16(offset + 28, true)
  if (from + packed > end) throw wrong()
  // Two readers of one archive must see the same files.
  if (decodeName(bytes.subarray(offset + headerLength, nameEnd)) !== name) throw wrong()
  if (
    view.getUint16(offset + 8, true) !== entry.method ||
    ((view.getUint16(offset + 6, true) ^ entry.flags) & ~streamed) !== 0
  )
    throw wrong()
  return { ...entry, from, to: from + packed }
}

/**
 * The regular files of a directory, each proved to lie by itself in the archive.
 * @param end where the directory begins
 * @throws ArchiveRefused where any of them, a folder too, is not what an honest tool writes
 */
export const filesOf = (bytes: Uint8Array, entries: readonly ArchiveEntry[], end: number): ArchiveFile[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const seen = new Set<string>()
  let inflated = 0
  for (const entry of entries) {
    checkEntry(entry)
    const name = entry.name.normalize('NFC').replace(/\/$/, '')
    if (seen.has(name)) throw refuse('archive-duplicate', `has ${shown(entry.name)} twice`)
    seen.add(name)
    inflated += entry.size
    if (inflated > maxInflated) throw refuse('archive-bomb', `holds more than ${maxInflated / 1_000_000} MB`)
  }
  const files = entries.map((entry) => locate(bytes, view, entry, end)).sort((a, b) => a.offset - b.offset)
  for (const [index, { to }] of files.entries())
    if (to > (files[index + 1]?.offset ?? end)) throw refuse('archive-bomb', 'has files that lie over one another')
  return files.filter(({ name }) => !name.endsWith('/'))
}
