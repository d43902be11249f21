import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { JsonShapes, type Shape } from '../../../src/collect/evidence/json/shapes.ts'
import { readJson, type JsonValue } from '../../../src/collect/evidence/json/stream.ts'
import { inPieces } from './fixtures.ts'

const read = async (
  text: string,
  paths: string[],
  more: { separator?: string; shapes?: Record<string, Shape>; length?: number } = {},
) => {
  const values: JsonValue[] = []
  const shapes = more.shapes === undefined ? undefined : new JsonShapes(more.shapes)
  const refused = await readJson(inPieces(text, more.length ?? 7), {
    paths,
    ...(more.separator === undefined ? {} : { separator: more.separator }),
    ...(shapes === undefined ? {} : { shapes }),
    each: (value) => void values.push({ ...value, path: [...value.path] }),
  })
  return { values, refused, seen: [...(shapes?.seen ?? [])] }
}

const receipt = '{\n "till": 4,\n "lines": [\n  {"name": "bread", "é": 1},\n  {"name": "milk"}\n ]\n}\n'

describe('values at paths', () => {
  test('with their way and the place where they open', async () => {
    const { values, refused } = await read(receipt, ['$.till', '$.lines.*'])
    expect(refused).toBeUndefined()
    expect(values).toEqual([
      { value: 4, path: ['till'], line: 1, column: 1 },
      { value: { name: 'bread', é: 1 }, path: ['lines', 0], line: 4, column: 3 },
      { value: { name: 'milk' }, path: ['lines', 1], line: 5, column: 3 },
    ])
  })

  test('whatever the pieces are', async () => {
    const whole = await read(receipt, ['$.till', '$.lines.*'], { length: 1000 })
    for (let length = 1; length < receipt.length; length++)
      expect(await read(receipt, ['$.till', '$.lines.*'], { length })).toEqual(whole)
  })

  test('any JSON is what JSON.parse makes of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 5 }), fc.integer({ min: 1, max: 40 }), async (value, length) => {
        const text = JSON.stringify([value])
        const { values, refused } = await read(text, ['$.*'], { length })
        expect(refused).toBeUndefined()
        expect(values.map((one) => one.value)).toEqual(JSON.parse(text))
      }),
    )
  })

  test('documents that follow each other', async () => {
    const text = '{"a":1}\n{"a":2}{"a":3}\n'
    const { values, refused } = await read(text, ['$.a'], { separator: '' })
    expect(refused).toBeUndefined()
    expect(values.map(({ value, line }) => [value, line])).toEqual([
      [1, 1],
      [2, 2],
      [3, 2],
    ])
  })

  test('keys of a prototype are only keys', async () => {
    const { values } = await read('{"__proto__":{"x":1},"a":{"__proto__":{"y":1}}}', ['$.__proto__', '$.a'])
    expect(values.map(({ path }) => path)).toEqual([['__proto__'], ['a']])
    expect({}).not.toHaveProperty('x')
    expect({}).not.toHaveProperty('y')
  })
})

describe('refusals', () => {
  test.each([
    ['', 'truncated', 1],
    ['{"a":', 'truncated', 1],
    ['{"a":[\n1,', 'truncated', 2],
    ['{"a" 1}', 'syntax', 1],
    ['{"a":1}{', 'syntax', 1],
    ['{"a":hunter2}', 'syntax', 1],
    [`{"a":${'['.repeat(200)}`, 'too-deep', 1],
  ])('%j', async (text, code, line) => {
    const { refused } = await read(text, ['$.a'])
    expect(refused).toMatchObject({ code, line })
    expect(JSON.stringify(refused)).not.toContain('hunter2')
  })

  test('a refusal of a handler ends the reading', async () => {
    const told: unknown[] = []
    const refused = await readJson(inPieces('[1,2,3]', 2), {
      paths: ['$.*'],
      each: ({ value, line, column }) => {
        told.push(value)
        return value === 2 ? { code: 'till', reason: 'is closed', line, column } : undefined
      },
    })
    expect(refused).toMatchObject({ code: 'till' })
    expect(told).toEqual([1, 2])
  })
})

describe('shapes', () => {
  const shapes: Record<string, Shape> = { '': 'object', runs: 'list', 'runs.*.results': 'list', deps: 'object' }

  test.each([
    ['{"runs":[{"results":[]},{},{"results":null}],"deps":{"a":{}}}', ['', 'runs', 'runs.0.results', 'deps']],
    ['{"runs":null,"other":{"runs":3}}', ['']],
    ['{"x":{"y":[[{"z":[1,2,{"runs":1}]}]]},"runs":[]}', ['', 'runs']],
  ])('what is there: %s', async (text, seen) => {
    expect(await read(text, ['$.none'], { shapes })).toMatchObject({ refused: undefined, seen })
  })

  test.each(['[]', '{"runs":{}}', '{"runs":"none"}', '{"runs":[{"results":0}]}', '{"deps":[]}'])(
    'what is something else: %s',
    async (text) => {
      expect((await read(text, ['$.none'], { shapes })).refused).toMatchObject({ code: 'schema', line: 1 })
    },
  )
})
