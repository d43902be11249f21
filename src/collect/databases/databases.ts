import type { Collector } from '../collector.ts'
import { purposeOf } from '../compose/purpose.ts'
import { loginFacts } from './logins.ts'
import { commandFacts, mayMigrate } from './migrate-commands.ts'
import { initFileFacts } from './init-files.ts'
import { isOtherDialect, isOutput, migrationName, namesOtherDatabase } from './migrations.ts'
import { mentionsOf, scriptFacts } from './scripts.ts'
import { emptyOutcome, judgeMigrations } from './sequences.ts'
import { loadSqlParser, type SqlParser } from './sql/parser.ts'
import { findTestDatabases } from './tests.ts'
import { worldOf } from './world.ts'

/** A larger script is a dump of data. Bytes. */
const maxScript = 1_000_000

/** A larger file is no source that a person wrote. Bytes. */
const maxSource = 500_000

const isSql = (path: string): boolean => path.endsWith('.sql')

const sources =
  /\.(?:sh|bash|go|py|rb|java|kt|kts|ts|js|mjs|cjs|php|cs|rs|ex|exs|gradle|toml|ya?ml|properties|json|tf|mk|xml)$|(?:^|\/)(?:Makefile|Justfile|justfile|Taskfile|Rakefile|Procfile|Dockerfile|[^/]*\.[Dd]ockerfile|Dockerfile\.[^/]*|Containerfile)$/

/** What no one reads for what runs: locks, and what is generated. */
const skipped = /(?:^|\/)(?:package-lock\.json|pnpm-lock\.yaml|composer\.lock)$|\.min\.js$|\.d\.ts$/

// White space is taken whole, and a line has an end: else a file of 60 kB takes half a second, and a hostile one forever.
const migrationLogin =
  /flyway[._-]?(?:user|username|url)\b|flyway:\s*(?=\S)(?:[^\n]{0,500}\n\s+(?=\S)){0,12}user(?:name)?:/i

let parser: SqlParser | undefined

/** SQL migrations and scripts, the way they are run, and who logs in to what they make. */
export const databases: Collector = {
  topic: 'databases',
  claims: ({ path, size }) =>
    !isOutput(path) &&
    (isSql(path) ? size <= maxScript : size <= maxSource && sources.test(path) && !skipped.test(path)),
  // A source in an odd encoding hides no migration.
  recognises: () => false,
  collect: (file, sink, tree) => {
    const { path, text } = file
    const world = worldOf(tree)
    if (isSql(path)) {
      if (purposeOf(path) === 'development') return
      const name = migrationName(path)
      if (namesOtherDatabase(path)) return
      if (name === undefined) world.scripts.push({ path, text })
      else world.migrations.push({ path, text, name })
      return
    }
    if (text.includes('.sql') || text.includes('ql/')) mentionsOf(text, world.mentions)
    if (/\bflyway\b/i.test(text) && migrationLogin.test(text.slice(0, 60_000))) world.migrationLogin = true
    if (mayMigrate(text)) commandFacts(file, sink)
    world.tests.push(...findTestDatabases(path, text))
  },
  prepare: async (_preparation, _sink, tree) => {
    const world = worldOf(tree)
    const wanted = [...world.migrations, ...world.scripts].some(({ text }) => !isOtherDialect(text))
    if (wanted) parser = await loadSqlParser()
  },
  // After compose, whose facts it joins with what the scripts make.
  relate: (collected, sink) => {
    const world = worldOf(collected.tree)
    const outcome = parser === undefined ? emptyOutcome() : judgeMigrations(world, parser, sink)
    loginFacts(collected, world, outcome, parser, sink)
    initFileFacts(collected, world, sink)
    scriptFacts(collected, world, sink)
    for (const { path, line, column, how } of outcome.policied > 0 ? world.tests : [])
      sink.fact({
        kind: 'databases.test-database',
        subject: `test database ${path.slice(path.lastIndexOf('/') + 1)}`,
        place: { path, line, column },
        value: { how, superuser: true, rowSecurity: true },
      })
  },
}
