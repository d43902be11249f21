import { describe, expect, test } from 'vitest'
import { commandCredentials, wordsOf } from '../../../src/collect/compose/command-line.ts'
import { namesCredential, namesSecretFile } from '../../../src/collect/compose/credential-names.ts'
import { judgeAddress, judgeCredential } from '../../../src/collect/compose/credential-values.ts'
import { collectText } from './collect-text.ts'

describe('names', () => {
  test.each(
    'POSTGRES_PASSWORD db.password spring.datasource.password dbPassword JWT_SECRET SECRET_KEY_BASE API_KEY API_KEY_2 RABBITMQ_DEFAULT_PASS GITHUB_TOKEN AWS_SECRET_ACCESS_KEY NEO4J_AUTH client-secret APP_KEY SMTP_PASS'.split(
      ' ',
    ),
  )('%s is a secret', (name) => expect(namesCredential(name)).toBe(true))

  test.each(
    'POSTGRES_USER TOKEN_TTL SECRET_NAME PASSWORD_FILE PASSWORD_MIN_LENGTH CACHE_KEY PARTITION_KEY PUBLIC_KEY AWS_ACCESS_KEY_ID KEY PWD BYPASS NEXT_PUBLIC_MAP_TOKEN VITE_API_KEY STRIPE_PUBLISHABLE_KEY COMPASS MONKEY'.split(
      ' ',
    ),
  )('%s is none', (name) => expect(namesCredential(name)).toBe(false))

  test('files with secrets', () => {
    expect(namesSecretFile('POSTGRES_PASSWORD_FILE')).toBe(true)
    expect(namesSecretFile('GF_SECURITY_ADMIN_PASSWORD__FILE')).toBe(true)
    expect(namesSecretFile('LOG_FILE')).toBe(false)
  })
})

test.each([
  ['winter-sale', 'literal', false],
  ['clinic', 'literal', true],
  ['changeme', 'literal', true],
  ['your-secret-key-change-in-production', 'literal', true],
  ['<password>', 'literal', true],
  ['${DB_PASSWORD}', 'reference', false],
  ['${DB_PASSWORD:?}', 'reference', false],
  ['${DB_PASSWORD:-admin123}', 'fallback', true],
  ['${DB_PASSWORD:-}', 'reference', false],
  ['', 'empty', false],
  ['yes', 'empty', false],
  ['/run/secrets/db', 'file', false],
  ['vault:secret/data/db#password', 'reference', false],
  ['{{ db_password }}', 'reference', false],
  ['pa$$word', 'literal', false],
])('value %s', (text, form, guessable) => {
  expect(judgeCredential(text, 'clinic')).toEqual({ form, guessable })
})

test.each([
  ['postgres://clinic:clinic@db:5432/clinic', 'literal'],
  ['postgres://clinic:${DB_PASSWORD}@db/clinic', 'reference'],
  ['postgres://clinic:${DB_PASSWORD:-clinic}@db/clinic', 'fallback'],
  ['${DATABASE_URL:-postgres://clinic:clinic@db/clinic}', 'fallback'],
  ['redis://:cache@cache:6379', 'literal'],
  ['Server=db;Database=clinic;User Id=sa;Password=Winter2024;', 'literal'],
  ['jdbc:postgresql://db/clinic?user=clinic&password=winter', 'literal'],
  ['http://cache:6379', undefined],
  ['redis://cache:6379/0', undefined],
  ['https://id.clinic.example/realms/a@b', undefined],
  ['postgres://clinic@db/clinic', undefined],
  ['jdbc:postgresql://db:5432/clinic', undefined],
  ['mail to ada@clinic.example', undefined],
])('address %s', (text, form) => {
  expect(judgeAddress(text)?.form).toBe(form)
})

test.each([
  ['redis-server --requirepass winter', ['--requirepass literal']],
  ['redis-server --requirepass ${CACHE_PASSWORD}', ['--requirepass reference']],
  ['redis-cli -a winter ping', ['-a literal']],
  ['tar -a winter', []],
  ['sh -c "PGPASSWORD=winter psql -U clinic"', ['PGPASSWORD literal']],
  ['PGPASSWORD=winter psql', ['PGPASSWORD literal']],
  ['java -Djavax.net.ssl.keyStorePassword=winter -jar app.jar', ['-Djavax.net.ssl.keyStorePassword literal']],
  ['server --token-ttl 3600 --log-level info', []],
])('command %s', (text, found) => {
  expect(commandCredentials(wordsOf(text)).map(({ name, form }) => `${name} ${form}`)).toEqual(found)
})

test('a value is in no fact', async () => {
  const { facts } = await collectText({
    'compose.yaml': `services:
  db:
    image: postgres:16
    command: ["postgres", "--password", "hunter2-a"]
    environment:
      POSTGRES_PASSWORD: hunter2-b
      DATABASE_URL: postgres://shop:hunter2-c@db/shop
      NEO4J_AUTH: neo4j/hunter2-d
      JWT_SECRET: \${JWT:-hunter2-e}
      DEBUG: hunter2-f
    healthcheck: { test: "pg_isready --password hunter2-g" }
    build: { context: ., args: { NPM_TOKEN: hunter2-h } }
`,
  })
  expect(facts.filter(({ kind }) => kind === 'compose.credential').length).toBeGreaterThanOrEqual(7)
  expect(JSON.stringify(facts)).not.toContain('hunter2')
})
