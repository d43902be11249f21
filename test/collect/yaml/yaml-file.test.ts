import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asList, asMapping } from '../../../src/collect/shape.ts'
import { parseYamlFile } from '../../../src/collect/yaml/yaml-file.ts'

const read = (text: string, version: '1.1' | '1.2' = '1.2') => parseYamlFile('clinic.yaml', text, version)

describe('where things stand', () => {
  test('a key, an item and a document', () => {
    const [document] = read('# a clinic\nname: clinic\nrooms:\n  - one\n  - two: 2\n').documents
    const rooms = asList(asMapping(document?.value)?.['rooms'])
    expect(document?.at(document.value, 'name')).toEqual({ path: 'clinic.yaml', line: 2, column: 1 })
    expect(document?.at(document.value, 'rooms')).toMatchObject({ line: 3, column: 1 })
    expect(document?.at(rooms, 1)).toMatchObject({ line: 5, column: 5 })
    expect(document?.at(rooms?.[1], 'two')).toMatchObject({ line: 5, column: 5 })
    expect(document?.at(document.value, 'absent')).toMatchObject({ line: 2 })
    expect(document?.at()).toMatchObject({ line: 2, column: 1 })
  })

  test('merged keys stand where they were written', () => {
    const text = 'base: &base\n  image: clinic\n  user: nobody\nweb:\n  <<: *base\n  user: root\n'
    const [document] = read(text).documents
    const web = asMapping(asMapping(document?.value)?.['web'])
    expect({ ...web }).toEqual({ image: 'clinic', user: 'root' })
    expect(document?.at(web, 'image').line).toBe(2)
    expect(document?.at(web, 'user').line).toBe(6)
  })
})

describe('versions', () => {
  test('yes is true in Kubernetes and a word elsewhere', () => {
    expect(asMapping(read('on: yes', '1.1').documents[0]?.value)).toMatchObject({ true: true })
    expect(asMapping(read('on: yes', '1.2').documents[0]?.value)).toMatchObject({ on: 'yes' })
  })
})

describe('bad input is a problem with a place, and its neighbours are read', () => {
  const aliases = (levels: number): string =>
    [
      'a: &a [x, x, x, x, x, x, x, x, x, x]',
      ...Array.from({ length: levels }, (_, n) => {
        const [name, last] = [String.fromCharCode(98 + n), String.fromCharCode(97 + n)]
        return `${name}: &${name} [${Array.from({ length: 10 }, () => `*${last}`).join(', ')}]`
      }),
    ].join('\n')

  test.each([
    ['broken YAML', 'a: [1, 2\nb: }', 'syntax', 2],
    ['an alias bomb', aliases(8), 'alias-bomb', 6],
    ['an alias that contains itself', 'a: &a\n  b: *a', 'alias-cycle', 2],
    ['an alias without an anchor', 'a: *b', 'syntax', 1],
    ['a tab for indentation', 'a:\n\tb: 1', 'syntax', 2],
    ['a map as a key', 'name: {{ clinic }}', 'complex-key', 1],
    ['nesting 10,000 deep', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'too-deep', 1],
    ['nesting 10,000 deep, never closed', '{a: '.repeat(10_000), 'too-deep', 1],
    [
      'nesting 300 deep by indentation',
      Array.from({ length: 300 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
      'too-deep',
      202,
    ],
  ])('%s', (_, text, code, line) => {
    const { documents, problems } = read(text)
    expect(documents).toEqual([])
    expect(problems.map((problem) => [problem.code, problem.place.line])).toEqual([[code, line]])
  })

  test('one broken document of three', () => {
    const { documents, problems } = read('a: 1\n---\nb: [\n---\nc: 3\n')
    expect(documents.map(({ value }) => ({ ...asMapping(value) }))).toEqual([{ a: 1 }, { c: 3 }])
    expect(problems.map(({ place }) => place.line)).toEqual([4])
  })

  test('a duplicate key is a problem, and its document is read', () => {
    const { documents, problems } = read('a: 1\nb: 2\na: 3')
    expect(problems).toMatchObject([{ code: 'duplicate-key', place: { line: 3 } }])
    expect(documents.map(({ value }) => ({ ...asMapping(value) }))).toEqual([{ a: 3, b: 2 }])
  })

  test('an unknown tag is no problem', () => {
    expect(read('a: !vault |\n  3132\nb: !reference [x, y]').problems).toEqual([])
  })

  test('keys like __proto__ are data', () => {
    const [document] = read('__proto__: { admin: true }\nconstructor: 1').documents
    expect(Object.keys(asMapping(document?.value) ?? {})).toEqual(['__proto__', 'constructor'])
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined()
  })

  test('no text throws', () => {
    const piece = fc.constantFrom(
      'a: ',
      '- ',
      '\n',
      '  ',
      '---\n',
      '&x ',
      '*x',
      '<<: *x',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '|',
      '>',
      '#',
      '!t ',
      '? ',
      ': ',
      '\t',
      'ü',
      '\u0000',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const { documents, problems } = read(pieces.join(''))
        expect(documents.length + problems.length).toBeLessThan(100)
      }),
      { numRuns: 500 },
    )
  })
})
