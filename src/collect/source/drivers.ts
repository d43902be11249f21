import type { Sink } from '../collector.ts'
import { lineAt } from './paths.ts'
import { folderOf, isBelow } from '../tree-path.ts'
import type { ProgramText } from './reading.ts'
import { isExample } from './languages.ts'
import { springKeysOf } from './spring-config.ts'

/** Modules that register a driver of Go's database/sql, by the driver's name. */
const goDrivers: Record<string, readonly string[]> = {
  postgres: ['github.com/lib/pq', 'cloudsqlconn/postgres', 'go-txdb', 'otelsql', 'sqltrace', 'ocsql', 'xo/dburl'],
  pgx: ['github.com/jackc/pgx'],
  mysql: ['github.com/go-sql-driver/mysql'],
  sqlite3: ['mattn/go-sqlite3', 'ncruces/go-sqlite3'],
  sqlite: ['modernc.org/sqlite', 'glebarez'],
  sqlserver: ['microsoft/go-mssqldb', 'denisenkom/go-mssqldb'],
  clickhouse: ['ClickHouse/clickhouse-go'],
}
const goOpen = /(?:sql\.Open|sqlx\.(?:Open|Connect|MustConnect))\(\s*"(\w{1,30})"|\bDriverName:\s*"(\w{1,30})"/g

/** Libraries that bring a JDBC driver, by the name in the URL. */
const jdbcDrivers: Record<string, readonly string[]> = {
  postgresql: ['org.postgresql', 'postgresql'],
  mysql: ['mysql-connector', 'mariadb-java-client'],
  mariadb: ['mariadb-java-client'],
  sqlserver: ['mssql-jdbc'],
  oracle: ['ojdbc'],
  h2: ['h2'],
}

const goFacts = (texts: readonly ProgramText[], sink: Sink): void => {
  const go = texts.filter(({ language }) => language === 'go')
  for (const file of go) {
    if (file.test || isExample(file.path) || !/sql\.Open|sqlx\.|DriverName:/.test(file.text)) continue
    for (const match of file.text.matchAll(goOpen)) {
      const name = match[1] ?? match[2] ?? ''
      const wanted = Object.hasOwn(goDrivers, name) ? goDrivers[name] : undefined
      if (wanted === undefined) continue
      // A driver registered by any file counts, as one binary may be linked from all of them; one of tests does not.
      const has = go.some(({ text, test }) => !test && wanted.some((module) => text.includes(module)))
      const wrapped = go.some(({ text }) => text.includes('sql.Register('))
      sink.fact({
        kind: 'source.database-driver',
        subject: `driver ${name}`,
        place: { path: file.path, line: lineAt(file.text, match.index), column: 1 },
        value: {
          name,
          present: has ? 'yes' : wrapped ? 'unknown' : 'no',
          because: wrapped && !has ? 'the source registers drivers itself' : '',
          wanted: wanted[0] ?? '',
        },
      })
    }
  }
}

const jdbcFacts = (texts: readonly ProgramText[], sink: Sink): void => {
  for (const file of texts) {
    if (file.test || !/(?:^|\/)src\/main\/resources\/application[^/]*\.(?:ya?ml|properties)$/.test(file.path)) continue
    const found = springKeysOf(file).find(
      ({ key, value }) => key === 'spring.datasource.url' && value.startsWith('jdbc:'),
    )
    const name = found?.value.split(':')[1] ?? ''
    const wanted = Object.hasOwn(jdbcDrivers, name) ? jdbcDrivers[name] : undefined
    if (found === undefined || wanted === undefined) continue
    const module = folderOf(file.path).replace(/\/?src\/main\/resources$/, '')
    const manifests = texts.filter(
      ({ path }) =>
        /(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?|libs\.versions\.toml)$/.test(path) &&
        isBelow(module, folderOf(path)),
    )
    const own = manifests.some(({ path }) => folderOf(path) === module)
    const has = manifests.some(({ text }) => wanted.some((library) => text.includes(library)))
    const elsewhere = manifests.some(({ text }) =>
      /libs\.|apply from|project\(|<parent>(?![^]{0,400}spring-boot-starter-parent)/.test(text),
    )
    sink.fact({
      kind: 'source.database-driver',
      subject: `driver ${name}`,
      place: { path: file.path, line: found.line, column: 1 },
      value: {
        name,
        present: has ? 'yes' : !own || elsewhere ? 'unknown' : 'no',
        because: has ? '' : 'its libraries are declared somewhere else',
        wanted: wanted[0] ?? '',
      },
    })
  }
}

/** Facts about the databases that are opened by the name of a driver. */
export const relateDrivers = (texts: readonly ProgramText[], sink: Sink): void => {
  goFacts(texts, sink)
  jdbcFacts(texts, sink)
}
