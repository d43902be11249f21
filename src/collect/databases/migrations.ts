import { bareSql } from './sql/split.ts'
import { folderOf } from '../tree-path.ts'

/** What a path says of a migration. */
export interface MigrationName {
  tool: 'Flyway' | 'Prisma' | 'Supabase' | 'numbered'
  /** The folder whose migrations are one sequence. */
  set: string
  /** Undefined for what runs after all versions: Flyway's `R__`. */
  version: string[] | undefined
  /** Undoes another migration, and is not run when going forward. */
  down: boolean
}

/** Folders that hold what is made of the sources, and what others wrote. */
export const isOutput = (path: string): boolean =>
  /(?:^|\/)(?:build(?:-[^/]*)?|target|out|dist|bin|node_modules|vendor|third_party|\.git|\.terraform)\//.test(path)

const otherDatabase =
  /(?:^|[/_.-])(?:mysql|mariadb|sqlite3?|h2|hsqldb|mssql|sqlserver|oracle|clickhouse|cassandra|duckdb|d1|tidb|spanner|bigquery|snowflake)(?:[/_.-]|$)/i

/** Whether the path names a database other than PostgreSQL. */
export const namesOtherDatabase = (path: string): boolean => otherDatabase.test(path)
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
const parts = (digits: string): string[] => digits.split(/[._]/).map((part) => part.replace(/^0+(?=\d)/, ''))

const migrationFolder =
  /(?:^|\/)(?:migrations?|migrate|schema_migrations|migrations?[_-][\w-]+|[\w-]+[_-]migrations?)(?:\/|$)/i

/** Flyway looks into the folders below its own. */
const flywayRoot = (folder: string): string => /^(.*?(?:^|\/)db\/migrations?)(?:\/|$)/.exec(folder)?.[1] ?? folder

/** Reads what a path says of a migration; undefined for every other file. Rails, Django and Alembic write no SQL. */
export const migrationName = (path: string): MigrationName | undefined => {
  const folder = folderOf(path)
  const name = nameOf(path)
  const flyway = /^([VUB])(\d+(?:[._]\d+)*)__[^/]*\.sql$/.exec(name)
  if (flyway !== null)
    return { tool: 'Flyway', set: flywayRoot(folder), version: parts(flyway[2] ?? ''), down: flyway[1] === 'U' }
  if (/^R__[^/]*\.sql$/.test(name)) return { tool: 'Flyway', set: flywayRoot(folder), version: undefined, down: false }
  // A folder for each migration: Prisma, Diesel, Hasura.
  const own = /^(\d{4,20}(?:-\d\d-\d\d-\d+)?|\d+)[_-]?/.exec(nameOf(folder))
  if (own !== null && /^(?:migration|up|down)\.sql$/.test(name)) {
    const version = (own[1] ?? '').split('-').map((part) => part.replace(/^0+(?=\d)/, ''))
    return {
      tool: name === 'migration.sql' ? 'Prisma' : 'numbered',
      set: folderOf(folder),
      version,
      down: name === 'down.sql',
    }
  }
  const numbered = /^V?(\d{1,20})(?:[_.-][^/]*)?\.sql$/.exec(name)
  const directed = /\.(up|down)\.sql$/.exec(name)
  if (numbered === null || !(migrationFolder.test(folder) || directed !== null)) return undefined
  const tool = /(?:^|\/)supabase\/migrations$/.test(folder) ? 'Supabase' : 'numbered'
  return { tool, set: folder, version: parts(numbered[1] ?? ''), down: directed?.[1] === 'down' }
}

/** Orders versions part by part, as numbers of any length. */
export const compareVersions = (a: readonly string[], b: readonly string[]): number => {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const [left = '0', right = '0'] = [a[index], b[index]]
    if (left.length !== right.length) return left.length - right.length
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}

const forward = /^--[ \t]*(?:\+goose[ \t]+up|\+migrate[ \t]+up|migrate:up)\b/im
const backward = /^--[ \t]*(?:\+goose[ \t]+down|\+migrate[ \t]+down|migrate:down)\b/im

/** The part of a file that goes forward, where goose, dbmate or sql-migrate keep both ways in one. */
export const forwardPart = (text: string): { from: number; end: number; both: boolean } => {
  const up = forward.exec(text)?.index ?? -1
  const down = backward.exec(text)?.index ?? -1
  if (up < 0 || down < 0) return { from: 0, end: text.length, both: false }
  return up < down ? { from: up, end: down, both: true } : { from: up, end: text.length, both: true }
}

/** What of a script only another database understands. */
const otherDialect =
  /`\w|\bauto_increment\b|\bautoincrement\b|\bengine\s?=\s?\w|^[ \t]*pragma\b|\bnvarchar\b|\bvarchar2\b|\[dbo\]|\bidentity\s?\(1|\sdatetime2?\b(?=\s|,|\()|\btinyint\b|\bmediumtext\b|\snumber\s?\(\d|^delimiter\s|\bwithout rowid\b|\bmergetree\b/im

/** Whether a script is for another database: MySQL, SQLite, SQL Server, Oracle, ClickHouse. */
export const isOtherDialect = (text: string): boolean => otherDialect.test(bareSql(text))
