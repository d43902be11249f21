import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryWorkspace } from '../../../src/adapters/memory/memory.ts'
import { collect } from '../../../src/collect/collect.ts'
import { collectors } from '../../../src/collect/index.ts'
import { compareVersions, migrationName } from '../../../src/collect/databases/migrations.ts'
import { factKinds, type Fact } from '../../../src/core/facts/index.ts'

const read = async (files: Record<string, string>): ReturnType<typeof collect> => {
  const workspace = memoryWorkspace(files)
  return collect(workspace, await workspace.list(), collectors)
}

const databaseFacts = (facts: readonly Fact[]): Fact[] => facts.filter(({ kind }) => kind.startsWith('databases.'))

const clinic = {
  'db/migration/V1__base.sql': `
    CREATE TABLE patients (id uuid, clinic_id uuid NOT NULL, note text);
    ALTER TABLE patients ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    CREATE POLICY own ON patients USING (clinic_id = current_setting('app.clinic')::uuid);
    INSERT INTO patients (id) VALUES ('demo');`,
  'db/migration/V2__change.sql': `
    ALTER TABLE patients ADD COLUMN born date NOT NULL;
    CREATE INDEX ON patients (clinic_id);
    CREATE TABLE wards (id int, clinic_id uuid);`,
  'db/init/00.sql': 'CREATE ROLE app LOGIN;',
  'tools/seed.sql': 'INSERT INTO wards VALUES (1);',
  'entrypoint.sh': 'flask db upgrade || true\n',
  'src/test/java/ClinicTest.java': 'class ClinicTest { Object db = new PostgreSQLContainer<>("postgres"); }',
  'docker-compose.yml': `services:
  db:
    image: postgres:16
    environment: { POSTGRES_USER: clinic }
    volumes: ["./db/init:/docker-entrypoint-initdb.d"]
  api:
    build: .
    environment: { DB_HOST: db, DB_USER: app, DB_NAME: clinic }
`,
}

describe('databases', () => {
  test('every fact has the shape that is declared for it', async () => {
    const { facts, unjudged } = await read(clinic)
    const found = databaseFacts(facts)
    const kinds = Object.keys(factKinds).filter((kind) => kind.startsWith('databases.'))
    expect([...new Set(found.map(({ kind }) => kind))].sort()).toEqual(kinds.sort())
    for (const { kind, value } of found) expect(factKinds[kind].schema.strict().parse(value)).toEqual(value)
    expect(unjudged.filter(({ topic }) => topic === 'databases')).toEqual([])
  })

  test('a statement that cannot be read leaves the others', async () => {
    const { facts, unjudged } = await read({
      'db/migration/V1__base.sql':
        'CREATE TABLE shops (id int);\nCREATE TABLE broken id int;\nCREATE TABLE orders (id int);',
    })
    expect(databaseFacts(facts).filter(({ kind }) => kind === 'databases.table')).toHaveLength(2)
    expect(unjudged).toMatchObject([{ topic: 'databases', place: { line: 2 }, blocks: true }])
  })

  test.each([
    ['MySQL', 'CREATE TABLE `shops` (id int AUTO_INCREMENT) ENGINE=InnoDB;'],
    ['SQLite', 'CREATE TABLE shops (id integer primary key AUTOINCREMENT);'],
    ['SQL Server', 'CREATE TABLE [dbo].[shops] (name NVARCHAR(10));'],
  ])('leaves %s alone and holds nothing up for it', async (_, text) => {
    const { facts, unjudged } = await read({ 'db/migration/V1__base.sql': text })
    expect(databaseFacts(facts)).toEqual([])
    expect(unjudged).toMatchObject([{ code: 'dialect', blocks: false }])
  })

  test('no script makes it throw', async () => {
    const piece = fc.constantFrom(
      'CREATE TABLE a (id int, tenant_id int)',
      'ALTER TABLE a ENABLE ROW LEVEL SECURITY',
      'CREATE POLICY p ON a USING (',
      'DO $$ BEGIN',
      'END $$',
      ';',
      ')',
      "'",
      '$$',
      'EXECUTE',
      'INSERT INTO users VALUES (',
      "('demo')",
      '\n',
      '\\gexec',
      'DROP TABLE a',
      '((((',
      'NOT',
      '\u0000',
      'é',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 25 }), async (parts) => {
        const { unjudged } = await read({ 'db/migration/V1__base.sql': parts.join(' ') })
        expect(unjudged.filter(({ code }) => code === 'collector')).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  const last = 'CREATE TABLE wards (id int, clinic_id uuid);'
  test.each([
    [
      'parentheses',
      (n: number) => `CREATE TABLE a (x int CHECK ${'('.repeat(n)}1${')'.repeat(n)})`,
      30_000,
      'wards',
      1,
    ],
    ['alternatives', (n: number) => `CREATE POLICY p ON a USING (${'x OR '.repeat(n)}true)`, 6_000, 'wards', 0],
    ['terms', (n: number) => `CREATE POLICY p ON a USING (${'1 + '.repeat(n)}1 > 0)`, 2_000, 'wards', 0],
    ['rows', (n: number) => `INSERT INTO users VALUES ${"(1, 'a'),".repeat(n)} (1, 'b')`, 100_000, 'wards', 1],
    ['statements', (n: number) => 'CREATE TABLE a (id int);'.repeat(n), 19_998, 'a wards', 0],
    ['blocks', (n: number) => 'DO $$ BEGIN NULL; END $$;'.repeat(n), 5_000, 'wards', 0],
  ])(
    'many %s hide nothing of what follows, and are told as unread once at the most',
    async (_, part, most, tables, unread) => {
      for (const count of [most / 2, most]) {
        const { facts, unjudged } = await read({ 'db/migration/V1__base.sql': `${part(count)};\n${last}` })
        expect(facts.flatMap((fact) => (fact.kind === 'databases.table' ? fact.subject : [])).sort()).toEqual(
          tables.split(' ').map((name) => `table ${name}`),
        )
        expect(unjudged.map(({ topic, code, place }) => `${topic} ${code} ${place.line}`)).toEqual(
          Array.from({ length: unread }, () => 'databases sql 1'),
        )
      }
    },
  )

  test('a script that goes on past the statements that are read says so', async () => {
    const text = `${'CREATE TABLE a (id int);'.repeat(20_000)}\nCREATE TABLE wards (id int);\nCREATE TABLE beds (id int);`
    const { facts, unjudged } = await read({ 'db/migration/V1__base.sql': text })
    expect(facts.flatMap((fact) => (fact.kind === 'databases.table' ? fact.subject : []))).toEqual(['table a'])
    expect(unjudged.map(({ place, reason }) => `${place.line} ${reason}`)).toEqual([
      '2 a statement could not be read as PostgreSQL: has more than 20000 statements before it',
    ])
  })
})

describe('names of migrations', () => {
  test.each([
    ['db/migration/V1_2__base.sql', 'Flyway', 'db/migration', ['1', '2'], false],
    ['db/migration/billing/V3__base.sql', 'Flyway', 'db/migration', ['3'], false],
    ['db/migration/R__views.sql', 'Flyway', 'db/migration', undefined, false],
    ['migrations/0007_shops.up.sql', 'numbered', 'migrations', ['7'], false],
    ['migrations/0007_shops.down.sql', 'numbered', 'migrations', ['7'], true],
    ['prisma/migrations/20240101000000_init/migration.sql', 'Prisma', 'prisma/migrations', ['20240101000000'], false],
    ['migrations/2024-01-02-000000_shops/up.sql', 'numbered', 'migrations', ['2024', '1', '2', '0'], false],
    ['supabase/migrations/20240101000000_init.sql', 'Supabase', 'supabase/migrations', ['20240101000000'], false],
  ])('%s', (path, tool, set, version, down) => {
    expect(migrationName(path)).toEqual({ tool, set, version, down })
  })

  test.each(['schema.sql', 'queries/10_shops.sql', 'db/seed.sql', 'migrations/0001_initial.py'])(
    '%s is none',
    (path) => {
      expect(migrationName(path)).toBeUndefined()
    },
  )

  test('versions are ordered as numbers', () => {
    expect([['10'], ['9'], ['1', '2'], ['1']].sort(compareVersions)).toEqual([['1'], ['1', '2'], ['9'], ['10']])
  })
})
