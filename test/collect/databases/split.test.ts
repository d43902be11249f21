import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bareSql, splitSql } from '../../../src/collect/databases/sql/split.ts'

const texts = (sql: string): string[] =>
  splitSql(sql).map(({ text, meta }) => (meta === undefined ? text : `${text}\\${meta}`))

describe('statements of a script', () => {
  test.each([
    ['SELECT 1; SELECT 2', ['SELECT 1', 'SELECT 2']],
    ["INSERT INTO shops VALUES ('a;b''c'); SELECT 1;", ["INSERT INTO shops VALUES ('a;b''c')", 'SELECT 1']],
    ["SELECT E'it\\'s; fine'; SELECT 2", ["SELECT E'it\\'s; fine'", 'SELECT 2']],
    ['-- first; second\nSELECT 1 /* a; /* b; */ c; */ + 1;', ['SELECT 1 /* a; /* b; */ c; */ + 1']],
    ['DO $$ BEGIN PERFORM 1; END $$; SELECT 1', ['DO $$ BEGIN PERFORM 1; END $$', 'SELECT 1']],
    ['DO $do$ SELECT $$;$$; $do$; SELECT $1;', ['DO $do$ SELECT $$;$$; $do$', 'SELECT $1']],
    ['\\connect shop\nSELECT 1;', ['\\connect shop', 'SELECT 1']],
    ["SELECT 'CREATE DATABASE shop'\\gexec\nSELECT 2;", ["SELECT 'CREATE DATABASE shop'\\gexec", 'SELECT 2']],
    ['COPY shops FROM STDIN;\n1\tA; B\n\\.\nSELECT 1;', ['COPY shops FROM STDIN', 'SELECT 1']],
    ['CREATE TABLE "a;b" (id int)', ['CREATE TABLE "a;b" (id int)']],
    ["SELECT 'open", ["SELECT 'open"]],
    ['', []],
  ])('%s', (sql, expected) => {
    expect(texts(sql)).toEqual(expected)
  })

  test('every statement stands where its offset says', () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      '$$',
      '$a$',
      ';',
      '--',
      '\n',
      '/*',
      '*/',
      '\\',
      'E',
      'x',
      ' ',
      '\\.',
      'COPY a FROM STDIN;',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
        const sql = parts.join('')
        let end = 0
        for (const { text, offset } of splitSql(sql)) {
          expect(sql.startsWith(text, offset)).toBe(true)
          expect(offset).toBeGreaterThanOrEqual(end)
          end = offset + text.length
        }
        expect(bareSql(sql).length).toBeLessThanOrEqual(sql.length + parts.length)
      }),
    )
  })

  test.each(["'", '"', '$$', '$a', '$a$', '/*', '--\n', '\\', 'COPY a FROM STDIN;\n', '(', ';', "E'\\"])(
    'takes time in proportion to its length: %s',
    (part) => {
      expect(splitSql(part.repeat(200_000))).toBeDefined()
      expect(bareSql(part.repeat(200_000), 10_000_000).length).toBeLessThanOrEqual(part.length * 200_000)
    },
  )
})
