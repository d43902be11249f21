/** A PostgreSQL that tests start, and that they then talk to as the user it was started with. */
export interface FoundTestDatabase {
  path: string
  line: number
  column: number
  how: string
}

const isTest =
  /(?:^|\/)src\/(?:test|integrationTest|it)\/|(?:Test|Tests|IT|Spec)\.(?:java|kt|groovy|scala)$|_test\.go$|\.(?:test|spec)\.[cm]?[jt]s$|(?:^|\/)(?:conftest|test_\w+|\w+_test)\.py$|(?:^|\/)tests?\//

const starts: readonly [RegExp, string][] = [
  [/\bnew PostgreSQLContainer\s*(?:<[^>\n]{0,60}>)?\s*\(/, 'Testcontainers'],
  [/\bnew PostgreSqlContainer\s*\(/, 'Testcontainers'],
  [/\bPostgreSQLContainer(?:<[^>\n]{0,60}>)?\s*\(/, 'Testcontainers'],
  [/\bPostgresContainer\s*\(/, 'Testcontainers'],
  [/\bpostgres\.(?:Run|RunContainer)\s*\(/, 'Testcontainers'],
  [/\bjdbc:tc:postgresql\b/, 'Testcontainers'],
]

/** Whoever takes another role, or creates one, has thought of it. */
const takesRole =
  /\bSET\s+(?:LOCAL\s+|SESSION\s+)?(?:ROLE|SESSION\s+AUTHORIZATION)\b|\bCREATE\s+(?:ROLE|USER)\b|\bNOSUPERUSER\b|withInitScript|with_init_script|WithInitScripts|withCopyFileToContainer/i

/** Finds the PostgreSQL that a test starts and logs in to as its superuser. */
export const findTestDatabases = (path: string, text: string): FoundTestDatabase[] => {
  if (!/[pP]ostgre|jdbc:tc:|testcontainers/.test(text) || !isTest.test(path) || takesRole.test(text)) return []
  for (const [pattern, how] of starts) {
    const found = pattern.exec(text)
    if (found === null) continue
    const before = text.slice(0, found.index)
    const line = before.split('\n').length
    return [{ path, line, column: found.index - before.lastIndexOf('\n'), how }]
  }
  return []
}
