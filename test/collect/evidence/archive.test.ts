import { deflateSync, strToU8, zipSync } from 'fflate'
import fc from 'fast-check'
import { crc32 as zlibCrc } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { memoryWorkspace } from '../../../src/adapters/memory/memory.ts'
import { archiveEvidence } from '../../../src/collect/evidence/archive/archive.ts'
import { crc32 } from '../../../src/collect/evidence/archive/inflate.ts'
import { withArchives } from '../../../src/collect/evidence/archive/with-archives.ts'
import { collectEvidence } from '../../../src/collect/evidence/collect-evidence.ts'
import { evidenceLaw } from '../../../src/collect/evidence/index.ts'

const passing = '<testsuite name="till"><testcase name="opens"/></testsuite>'
const about = { name: 'artifact.zip', createdAt: '2026-11-20T10:00:00.000Z', sha: 'a'.repeat(40) }

const listed = async (bytes: Uint8Array): Promise<string[]> => {
  const files = await archiveEvidence(bytes, about)
  return (await files.list()).map(({ path, refused }) => (refused === undefined ? path : `${path} ${refused.code}`))
}

const textOf = async (chunks: AsyncIterable<Uint8Array>): Promise<string> => {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return Buffer.concat(parts).toString()
}

/** A copy with bytes of its own, where a header's field can be written. */
const edited = (bytes: Uint8Array, edit: (view: DataView, local: number, central: number) => void): Uint8Array => {
  const copy = bytes.slice()
  const view = new DataView(copy.buffer)
  const find = (signature: number): number => {
    for (let at = 0; at + 4 <= copy.length; at++) if (view.getUint32(at, true) === signature) return at
    throw new Error('no such header')
  }
  edit(view, find(0x04034b50), find(0x02014b50))
  return copy
}

const zip = (files: Record<string, string>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))

const small = zip({ 'junit.xml': passing })

/** An archive whose entries all share one kernel of packed zeros, as the overlapping bombs do. */
const overlapping = (): Uint8Array => {
  const one = zipSync({ 'junit-a.xml': strToU8('a'.repeat(5_000)), 'junit-b.xml': strToU8('b'.repeat(5_000)) })
  return edited(one, (view, local, central) => {
    // The second entry of the directory points at the first file.
    const second = central + 46 + view.getUint16(central + 28, true) + view.getUint16(central + 30, true)
    view.setUint32(second + 42, local, true)
    for (const field of [16, 20, 24]) view.setUint32(second + field, view.getUint32(central + field, true), true)
    new Uint8Array(view.buffer).set(new Uint8Array(view.buffer).slice(central + 46, central + 57), second + 46)
  })
}

/** A bomb that lies about its size: 60 MB of blanks that call themselves ten bytes. */
const lying = (): Uint8Array =>
  edited(zipSync({ 'junit.xml': new Uint8Array(60_000_000) }), (view, local, central) => {
    view.setUint32(local + 22, 10, true)
    view.setUint32(central + 24, 10, true)
  })

describe('a sound archive', () => {
  test('its files are read as their texts, of the archive’s commit and age', async () => {
    const files = await archiveEvidence(zip({ 'out/junit.xml': passing, 'log.txt': 'x'.repeat(100_000) }), about)
    expect(await files.list()).toEqual([
      { path: 'artifact.zip!/out/junit.xml', size: passing.length, createdAt: about.createdAt, sha: about.sha },
      { path: 'artifact.zip!/log.txt', size: 100_000, createdAt: about.createdAt, sha: about.sha },
    ])
    expect(await textOf(files.open('artifact.zip!/out/junit.xml'))).toBe(passing)
    expect(await textOf(files.open('artifact.zip!/log.txt'))).toHaveLength(100_000)
    await expect(textOf(files.open('artifact.zip!/absent'))).rejects.toThrow('there is no')
  })

  test('stored, empty and non-ASCII, in a folder of its own, piece by piece', async () => {
    const bytes = zipSync({
      'ergebnisse/': [new Uint8Array(), { level: 0 }],
      'ergebnisse/jünit.xml': [strToU8(passing), { level: 0 }],
      leer: new Uint8Array(),
    })
    const chunks = async function* (): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7)
    }
    const files = await archiveEvidence(chunks(), about)
    expect((await files.list()).map(({ path }) => path).sort()).toEqual([
      'artifact.zip!/ergebnisse/jünit.xml',
      'artifact.zip!/leer',
    ])
    expect(await textOf(files.open('artifact.zip!/ergebnisse/jünit.xml'))).toBe(passing)
  })

  test('an archive inside is a file like others and is not opened', async () => {
    expect(await listed(zipSync({ 'inner.zip': small }))).toEqual(['artifact.zip!/inner.zip'])
  })

  test('the checksum is that of zip', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
        expect(crc32(b, crc32(a))).toBe(zlibCrc(Buffer.concat([a, b])))
      }),
    )
  })
})

describe('an archive that is refused as a whole', () => {
  test.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'archive-syntax'],
    ['no archive', strToU8('All 41 tests pass. '.repeat(40)), 'archive-syntax'],
    ['cut off', small.subarray(0, small.length - 5), 'archive-syntax'],
    ['something after its end', Buffer.concat([small, strToU8('!')]), 'archive-syntax'],
    ['something before its beginning', Buffer.concat([strToU8('MZ'), small]), 'archive-syntax'],
    ['a path that leads out', zip({ '../../junit.xml': passing }), 'archive-path'],
    ['a path that leads out in the middle', zip({ 'a/../../junit.xml': passing }), 'archive-path'],
    ['an absolute path', zip({ '/etc/junit.xml': passing }), 'archive-path'],
    ['a drive', zip({ 'C:junit.xml': passing }), 'archive-path'],
    ['a backslash', zip({ 'out\\junit.xml': passing }), 'archive-path'],
    ['a control character', zip({ 'out\u0000/junit.xml': passing }), 'archive-path'],
    ['the same name in two forms', zip({ 'j\u00fc.xml': passing, 'ju\u0308.xml': passing }), 'archive-duplicate'],
    [
      'a symbolic link',
      zipSync({ 'junit.xml': [strToU8('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }] }),
      'archive-link',
    ],
    [
      'encrypted',
      edited(small, (view, local, central) => {
        view.setUint16(local + 6, view.getUint16(local + 6, true) | 1, true)
        view.setUint16(central + 8, view.getUint16(central + 8, true) | 1, true)
      }),
      'archive-encrypted',
    ],
    [
      'encrypted in the local header alone',
      edited(small, (view, local) => view.setUint16(local + 6, 1, true)),
      'archive-syntax',
    ],
    [
      'packed by another method',
      edited(small, (view, local, central) => {
        view.setUint16(local + 8, 14, true)
        view.setUint16(central + 10, 14, true)
      }),
      'archive-unsupported',
    ],
    [
      'another name in the local header',
      edited(small, (view, local) => view.setUint8(local + 30, 0x4a)),
      'archive-syntax',
    ],
    [
      'another content than its checksum',
      edited(small, (view, _, central) => view.setUint32(central + 16, 1, true)),
      'archive-content',
    ],
    ['a bomb that says so', zipSync({ 'junit.xml': new Uint8Array(60_000_000) }), 'archive-bomb'],
    ['a bomb that lies', lying(), 'archive-bomb'],
    ['files over one another', overlapping(), 'archive-duplicate'],
    [
      'too many files',
      zip(Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`junit-${index}.xml`, '']))),
      'archive-too-many',
    ],
  ])('%s', async (_, bytes, code) => {
    expect(await listed(bytes)).toEqual([`artifact.zip ${code}`])
  })

  test('entries of different names over one another', async () => {
    const kernel = overlapping()
    // Both names again, of one kernel: only the local header's name is one of them.
    const renamed = edited(kernel, (view, _, central) => {
      const second = central + 46 + view.getUint16(central + 28, true) + view.getUint16(central + 30, true)
      view.setUint8(second + 46 + 6, 0x62)
    })
    expect(await listed(renamed)).toEqual(['artifact.zip archive-syntax'])
  })

  test('one packed stream inside another: the quoted overlap of zip bombs', async () => {
    const name = (text: string): Uint8Array => strToU8(text)
    const inner = deflateSync(new Uint8Array(100))
    const header = (method: number, label: string, packed: number, size: number, crc: number): Uint8Array => {
      const bytes = new Uint8Array(30 + label.length)
      const view = new DataView(bytes.buffer)
      view.setUint32(0, 0x04034b50, true)
      view.setUint16(8, method, true)
      view.setUint32(14, crc, true)
      view.setUint32(18, packed, true)
      view.setUint32(22, size, true)
      view.setUint16(26, label.length, true)
      bytes.set(name(label), 30)
      return bytes
    }
    const crc = crc32(new Uint8Array(100))
    const second = Buffer.concat([header(8, 'b.xml', inner.length, 100, crc), inner])
    const first = Buffer.concat([header(0, 'a.xml', second.length, second.length, crc32(second)), second])
    const entry = (local: Uint8Array, label: string, offset: number): Uint8Array => {
      const bytes = new Uint8Array(46 + label.length)
      const view = new DataView(bytes.buffer)
      view.setUint32(0, 0x02014b50, true)
      bytes.set(local.subarray(8, 10), 10)
      bytes.set(local.subarray(14, 28), 16)
      view.setUint32(42, offset, true)
      bytes.set(name(label), 46)
      return bytes
    }
    const directory = Buffer.concat([entry(first, 'a.xml', 0), entry(second, 'b.xml', 35)])
    const end = new Uint8Array(22)
    const view = new DataView(end.buffer)
    view.setUint32(0, 0x06054b50, true)
    view.setUint16(8, 2, true)
    view.setUint16(10, 2, true)
    view.setUint32(12, directory.length, true)
    view.setUint32(16, first.length, true)
    expect(await listed(Buffer.concat([first, directory, end]))).toEqual(['artifact.zip archive-bomb'])
  })

  test('no change of a byte is a throw, and no cut is evidence', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(small.length - 1), fc.nat(255), fc.boolean(), async (at, byte, cut) => {
        const bytes = cut ? small.slice(0, at) : small.slice()
        if (!cut) bytes[at] = byte
        const files = await archiveEvidence(bytes, about)
        const all = await files.list()
        const texts = all.filter(({ refused }) => refused === undefined).map(({ path }) => textOf(files.open(path)))
        expect(new Set([passing, ...(await Promise.all(texts))])).toEqual(new Set([passing]))
        const codes = all.flatMap(({ refused }) => refused?.code ?? [])
        expect(codes.filter((code) => !code.startsWith('archive-'))).toEqual([])
        expect(codes.length).toBeGreaterThanOrEqual(cut ? 1 : 0)
      }),
      { numRuns: 300 },
    )
  })
})

describe('archives among other files', () => {
  const collect = (
    files: Record<string, string | Uint8Array>,
    globs: Record<string, string[]> = {},
    archives?: string[],
  ) =>
    collectEvidence(withArchives(memoryWorkspace(files), archives, ['**/fixtures/**']), evidenceLaw, {
      globs,
      ignore: ['**/fixtures/**'],
      demands: {},
    })

  test('what is inside counts like what is beside', async () => {
    const found = await collect({
      'artifacts/tests.zip': small,
      'artifacts/more.zip': zip({ 'a/junit.xml': passing, 'a/readme.md': 'hello' }),
      'junit.xml': passing,
    })
    expect(found.evidence.map(({ path }) => path)).toEqual([
      'artifacts/more.zip!/a/junit.xml',
      'artifacts/tests.zip!/junit.xml',
      'junit.xml',
    ])
    expect(found.refused).toEqual([])
  })

  test('a refused one holds back the kinds that it seems to hold, and no others', async () => {
    for (const broken of [small.subarray(0, small.length - 5), zip({ 'junit.xml': passing, '../x': '' })]) {
      const { unjudged, refused } = await collect({ 'artifacts/tests.zip': broken, 'junit.xml': passing })
      expect(unjudged).toMatchObject([{ topic: 'tests', place: { path: 'artifacts/tests.zip' }, blocks: true }])
      expect(refused).toMatchObject([{ kind: 'tests', path: 'artifacts/tests.zip' }])
    }
    expect((await collect({ 'release.zip': zip({ 'bin/../x': '' }), 'junit.xml': passing })).unjudged).toEqual([])
  })

  test('one that is named holds back its kind whatever it holds', async () => {
    const globs = { tests: ['artifacts/tests.zip!/**'] }
    expect((await collect({ 'artifacts/tests.zip': strToU8('no zip') }, globs)).unjudged).toMatchObject([
      { topic: 'tests', code: 'archive-syntax' },
    ])
  })

  test('what is beyond the bounds is not read, and holds back what names it', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 501 }, (_, index) => [`artifacts/${String(index).padStart(3, '0')}.zip`, small]),
    )
    const found = await collect(many, { tests: ['artifacts/*.zip!/**'] })
    expect(found.evidence).toHaveLength(500)
    expect(found.refused).toMatchObject([{ kind: 'tests', path: 'artifacts/500.zip', code: 'too-many' }])
    const large = {
      ...memoryWorkspace({}),
      list: () => Promise.resolve([{ path: 'a.zip', size: 65_000_000, createdAt: null, sha: null }]),
    }
    const [sealed] = await withArchives(large, undefined, []).list()
    expect(sealed?.refused?.code).toBe('archive-too-large')
  })

  test('one with data for tests is not opened', async () => {
    expect((await collect({ 'fixtures/tests.zip': small })).evidence).toEqual([])
    expect((await collect({ 'results.zip': small }, {}, ['artifacts/*.zip'])).evidence).toEqual([])
  })
})
