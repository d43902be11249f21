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

  // An opened quote or comment takes in all that follows; what ends by itself leaves the last statement alone.
  test.each([
    ["'", 1, 'open'],
    ['"', 1, 'open'],
    ['$$', 1, 'open'],
    ['$a', 1, 'one'],
    ['$a$', 1, 'open'],
    ['/*', 0, 'open'],
    ['--\n', 1, 'apart'],
    ['COPY a FROM STDIN;\n', 1, 'open'],
    ['(', 1, 'one'],
    [';', 1, 'apart'],
    // The second quote closes the text, and a backslash outside of one is a command of psql up to the end of its line.
    ["E'\\", 2, 'apart'],
    ['SELECT 2;', undefined, 'apart'],
  ] as const)('%j, many times over, is one statement or as many as it has, and no more', (part, pieces, last) => {
    for (const count of [50_001, 100_001]) {
      const sql = `${part.repeat(count)}\nSELECT 1`
      const found = splitSql(sql)
      expect(found.length).toBe(pieces ?? count + 1)
      // No character is taken twice.
      expect(found.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(sql.length)
      expect(found.at(-1)?.text === 'SELECT 1').toBe(last === 'apart')
      expect(bareSql(sql, 10_000_000).length).toBeLessThanOrEqual(sql.length)
    }
  })
})
