import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detectSecrets } from '../../../src/collect/secrets/detector.ts'
import { isSecretName } from '../../../src/collect/secrets/key.ts'
import { findInLine } from '../../../src/collect/secrets/line-rules.ts'
import { looksReal, mask } from '../../../src/collect/secrets/value.ts'
import { whereOf } from '../../../src/collect/secrets/where.ts'
import { observeTree } from '../facts-of.ts'

test.each([
  ['hunter2', '***'],
  ['correct-horse-battery', 'cor…'],
])('the masked form of a value gives neither its length nor more than three characters', (value, masked) => {
  expect(mask(value)).toBe(masked)
})

test.each([
  ['DB_PASSWORD', true],
  ['spring.datasource.password', true],
  ['jwtSecret', true],
  ['clientSecret', true],
  ['STRIPE_API_KEY', true],
  ['accessToken', true],
  ['PASSWORD_FILE', false],
  ['tokenUrl', false],
  ['secretKeyRef', false],
  ['password_reset', false],
  ['TOKEN_TTL_SECONDS', false],
  ['NEXT_PUBLIC_API_KEY', false],
  ['monkey', false],
])('%s holds a secret: %s', (name, expected) => {
  expect(isSecretName(name)).toBe(expected)
})

test.each([
  ['Tr0ub4dor-9x', true],
  ['${DB_PASSWORD}', false],
  ['{{ .Values.password }}', false],
  ['<your password>', false],
  ['change-me', false],
  ['Password is too short', false],
  ['/run/secrets/db', false],
  ['process.env.SECRET', false],
])('%s looks like a real secret: %s', (value, expected) => {
  expect(looksReal(value)).toBe(expected)
})

test.each([
  ['src/billing.ts', 'product'],
  ['src/billing.test.ts', 'test'],
  ['core/src/test/java/ShopTest.java', 'test'],
  ['shop/latest/orders.go', 'product'],
  ['docs/setup.md', 'documentation'],
  ['infra/.env.example', 'template'],
  ['k8s/secrets-template.yaml', 'template'],
])('%s is a %s file', (path, where) => {
  expect(whereOf(path)).toBe(where)
})

// Put together at run time: no scanner shall take this file for a leak.
const made = (prefix: readonly string[], length: number): string =>
  prefix.join('_') + 'a1B2c3D4e5F6g7H8i9J0'.repeat(8).slice(0, length)

test.each([
  ['GitHub token', made(['ghp', ''], 36)],
  ['GitLab token', made(['glpat-'], 24)],
  ['npm token', made(['npm', ''], 36)],
  ['Stripe token', made(['sk', 'live', ''], 30)],
  ['Slack token', made(['xoxb-123456789012-'], 24)],
  ['Shopify token', ['shpat', '0123456789abcdef'.repeat(2)].join('_')],
  ['Sendgrid token', `SG.${made([], 22)}.${made([], 43)}`],
  ['Docker token', made(['dckr', 'pat', ''], 27)],
  ['Databricks token', `dapi${'0123456789abcdef'.repeat(2)}`],
  ['connection string with a password', 'mongodb://clinic:Tr0ub4dor@db.clinic.internal/clinic'],
])('the detector knows a %s', (what, token) => {
  const found = detectSecrets('src/settings.py', `VALUE = "${token}"\n`)
  expect(found.map((one) => one.what)).toContain(what)
})

test('a comment does not silence the detector', () => {
  const token = made(['ghp', ''], 36)
  expect(
    detectSecrets('a.ts', `// secretlint-disable\nconst t = '${token}' // secretlint-disable-line\n`),
  ).toHaveLength(1)
})

describe('no value leaves the collector', () => {
  const values = [
    'Tr0ub4dor-9x-plain',
    'f8Kq-22mZ-queue',
    'W1nter-7781-yaml',
    'doctor123-clinic',
    'b1946ac92492d2347c6235b4d',
  ]
  test('in any fact, subject or place', async () => {
    const [code = '', queue = '', config = '', realm = '', env = ''] = values
    const { facts } = await observeTree({
      'src/db.ts': `export const url = 'postgres://orders:${code}@db.shop.internal/orders'\nconst password = '${code}'\n`,
      'worker.py': `BROKER = "amqp://w:${queue}@queue.shop.internal//"\nSECRET = os.getenv("SECRET", "${queue}")\n`,
      'config/app.yaml': `password: ${config}\n`,
      'realm.json': JSON.stringify({
        realm: 'shop',
        users: [{ username: 'ada', credentials: [{ value: realm }] }],
        clients: [{ clientId: 'web', secret: realm }],
      }),
      '.env': `JWT_SECRET=${env}\n`,
      '.env.example': `API_KEY=${env}\n`,
      'deploy.sh': `sshpass -p '${code}' ssh root@shop\ncurl -u deployer:${queue} https://shop.internal\n`,
    })
    const all = ['secrets.credential', 'secrets.environment-file', 'secrets.identity-export', 'secrets.stored'] as const
    const told = JSON.stringify(all.flatMap((kind) => facts.of(kind)))
    expect(facts.of('secrets.credential').length).toBeGreaterThanOrEqual(7)
    for (const value of values)
      for (let at = 0; at + 5 <= value.length; at++) expect(told).not.toContain(value.slice(at, at + 5))
  })
})

test('lines of any kind are read in linear time and never throw', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 400 }),
      fc.constantFrom('shell' as const, 'config' as const, 'source' as const, 'script-source' as const),
      (line, language) => {
        expect(findInLine(line, language).length).toBeLessThan(50)
      },
    ),
  )
  const hostile = [
    'password='.repeat(200),
    'a'.repeat(2_000),
    'curl '.repeat(400),
    `secret: ${' '.repeat(1_900)}x`,
    '${A:'.repeat(500),
  ]
  for (const line of hostile)
    for (const language of ['shell', 'config', 'source'] as const) expect(findInLine(line, language)).toEqual([])
})

test('a long line of spaces in a .env costs no more than its length', async () => {
  const seen = await observeTree({ '.env': `A=x${' '.repeat(200_000)}y # z\nPASSWORD="Tr0ub4dor-9x"\n` })
  expect(seen.facts.of('secrets.environment-file')).toHaveLength(1)
})
