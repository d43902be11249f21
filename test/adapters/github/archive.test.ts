import { gzipSync } from 'node:zlib'
import { pack, type Header } from 'tar-stream'
import { describe, expect, test } from 'vitest'
import { blobId, searchArchive } from '../../../src/adapters/github/archive.ts'

const sha1 = 'a'.repeat(40)
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const idOf = (text: string): string => blobId(bytes(text), sha1)

type Packed = [Partial<Header> & { name: string }, (string | Uint8Array)?]
const tarOf = async (entries: readonly Packed[]): Promise<Buffer> => {
  const archive = pack()
  for (const [header, content = ''] of entries) archive.entry(header, Buffer.from(content))
  archive.finalize()
  const parts: Buffer[] = []
  for await (const part of archive) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

async function* inPieces(whole: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < whole.byteLength; at += size) yield await Promise.resolve(whole.subarray(at, at + size))
}

const search = async (archive: Uint8Array, texts: readonly string[], most = 1_000_000): Promise<string[]> => {
  const wanted = new Map(texts.map((text) => [idOf(text), bytes(text).byteLength]))
  const found = new Map<string, Uint8Array>()
  await searchArchive(inPieces(archive), { wanted, found }, most)
  return [...found.values()].map((content) => new TextDecoder().decode(content))
}

const dockerfile = 'FROM node:24\nUSER node\n'

test("a content's id is git's", () => {
  expect(idOf('')).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391')
  expect(blobId(new Uint8Array(), 'a'.repeat(64))).toMatch(/^473a0f4c3be8a9/)
})

describe('an archive', () => {
  test.each<[string, Packed]>([
    ['a plain file', [{ name: 'acme-shop-1/Dockerfile' }, dockerfile]],
    ['a path that leads out, which is not looked at', [{ name: '../../etc/passwd' }, dockerfile]],
    ['an absolute path', [{ name: '/etc/passwd' }, dockerfile]],
    ['a long path', [{ name: `acme-shop-1/${'deep/'.repeat(80)}Dockerfile` }, dockerfile]],
  ])('gives the content of %s', async (_, entry) => {
    expect(await search(gzipSync(await tarOf([entry])), [dockerfile])).toEqual([dockerfile])
  })

  test.each<[string, Packed[]]>([
    ['another text of the same length', [[{ name: 'Dockerfile' }, dockerfile.replace('node\n', 'root\n')]]],
    ['a text that export-subst made longer', [[{ name: 'Dockerfile' }, `${dockerfile}# $Format:%H$`]]],
    ['a symbolic link', [[{ name: 'Dockerfile', type: 'symlink', linkname: '/etc/passwd' }]]],
    ['a hard link', [[{ name: 'Dockerfile', type: 'link', linkname: '../secret' }]]],
    ['a device', [[{ name: 'Dockerfile', type: 'character-device' }]]],
    ['nothing', []],
  ])('is not taken at its word for %s', async (_, entries) => {
    expect(await search(gzipSync(await tarOf(entries)), [dockerfile])).toEqual([])
  })

  test('gives what is empty, and what is in it twice, once', async () => {
    const entries: Packed[] = [
      [{ name: 'a/.keep' }, ''],
      [{ name: 'a/x' }, dockerfile],
      [{ name: 'a/y' }, dockerfile],
    ]
    expect(await search(gzipSync(await tarOf(entries)), ['', dockerfile])).toEqual(['', dockerfile])
  })

  test('that is a bomb is left before it is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(300_000_000))
    expect(bomb.byteLength).toBeLessThan(400_000)
    const before = process.memoryUsage().rss
    await expect(search(bomb, [dockerfile], 5_000_000)).rejects.toThrow(RangeError)
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
  })

  test('with one large entry is left as well', async () => {
    const large = gzipSync(await tarOf([[{ name: 'a/x' }, new Uint8Array(20_000_000)]]))
    await expect(search(large, [dockerfile], 5_000_000)).rejects.toThrow('larger than the commit')
  })

  test('that claims a size which it does not have is refused', async () => {
    const tar = await tarOf([[{ name: 'a/x' }, dockerfile]])
    await expect(search(gzipSync(tar.subarray(0, 520)), [dockerfile])).rejects.toThrow(/end of data/)
  })

  test.each([
    ['is cut', (whole: Buffer) => whole.subarray(0, whole.byteLength - 30), /end of file/],
    ['is no gzip', () => Buffer.from('<html>We are having trouble</html>'), /header check/],
    ['holds no tar', () => gzipSync(Buffer.from('x'.repeat(2000))), /tar header/],
  ])('that %s is refused', async (_, change, why) => {
    const noise = Buffer.from(Array.from({ length: 50_000 }, (_unused, at) => (at * 7919) % 251))
    const whole = gzipSync(await tarOf([[{ name: 'a/noise' }, noise]]))
    await expect(search(change(whole), [dockerfile])).rejects.toThrow(why)
  })

  test('that breaks off keeps what came before', async () => {
    const entries: Packed[] = [
      [{ name: 'a/x' }, dockerfile],
      [{ name: 'a/y' }, 'y'.repeat(100_000)],
    ]
    const tar = await tarOf(entries)
    const wanted = new Map([[idOf(dockerfile), dockerfile.length]])
    const found = new Map<string, Uint8Array>()
    const broken = gzipSync(tar, { level: 0 }).subarray(0, 50_000)
    await expect(searchArchive(inPieces(broken), { wanted, found }, 1_000_000)).rejects.toThrow(/end of file/)
    expect(found.size).toBe(1)
  })
})
