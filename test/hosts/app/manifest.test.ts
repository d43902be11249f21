import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { eventNeeds, permissionNeeds } from '../../../src/hosts/app/needs.ts'

const root = join(import.meta.dirname, '../../..')
const manifestText = readFileSync(join(root, 'app.yml'), 'utf8')
const operations = readFileSync(join(root, 'docs/operations.md'), 'utf8')

// What GitHub's manifest flow takes; anything else in the file would be dropped silently.
const manifest = z
  .strictObject({
    name: z.string().max(34),
    description: z.string(),
    url: z.url(),
    public: z.literal(false),
    default_permissions: z.record(z.string(), z.enum(['read', 'write'])),
    default_events: z.array(z.string()),
  })
  .parse(parse(manifestText))

const github = z.object({
  components: z.object({
    schemas: z.object({
      'app-permissions': z.object({ properties: z.record(z.string(), z.object({ enum: z.array(z.string()) })) }),
    }),
  }),
  webhooks: z.record(
    z.string(),
    z.object({
      post: z.object({
        'x-github': z.object({ subcategory: z.string(), 'supported-webhook-types': z.array(z.string()) }),
      }),
    }),
  ),
})
const described = (file: string) => {
  const raw = JSON.parse(readFileSync(join(root, 'node_modules/@octokit/openapi/generated', file), 'utf8')) as object
  return github.parse('x-webhooks' in raw ? { ...raw, webhooks: raw['x-webhooks'] } : raw)
}

/** The rows of the table whose first heading is given, as lists of cells without code marks. */
const table = (heading: string): string[][] => {
  const [, ...rest] = operations.split(`\n| ${heading} |`)
  expect(rest).toHaveLength(1)
  const [rows = ''] = (rest[0] ?? '').trimEnd().split('\n\n')
  return rows
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll(/^`|`$/g, '')),
    )
}

test('the manifest asks for what the App needs, and for nothing else', () => {
  expect(manifest.default_permissions).toEqual(
    Object.fromEntries(permissionNeeds.map(({ name, access }) => [name, access])),
  )
  expect(manifest.default_events).toEqual(eventNeeds.map(({ name }) => name))
})

// GitHub's description of its server product leaves merge queues out: docs/operations.md says what to do there.
test.each([
  ['api.github.com.json', []],
  ['ghec.json', []],
  ['ghes-3.19.json', ['merge_group']],
])('%s knows every permission and event, but for %j', (file, unknown) => {
  const { components, webhooks } = described(file)
  const known = components.schemas['app-permissions'].properties
  for (const { name, access } of permissionNeeds) {
    expect(Object.keys(known)).toContain(name)
    expect(known[name]?.enum).toContain(access)
  }
  const forApps = new Set(
    Object.values(webhooks)
      .map(({ post }) => post['x-github'])
      .filter((hook) => hook['supported-webhook-types'].includes('app'))
      .map(({ subcategory }) => subcategory),
  )
  expect(eventNeeds.map(({ name }) => name).filter((name) => !forApps.has(name))).toEqual(unknown)
})

test('each permission and event has its reason above it in the manifest', () => {
  const lines = manifestText.split('\n')
  const entries = [
    ...permissionNeeds.map((need) => ({ ...need, entry: `  ${need.name}: ${need.access}` })),
    ...eventNeeds.map((need) => ({ ...need, entry: `  - ${need.name}` })),
  ]
  for (const { entry, reason, turnsOff } of entries) {
    const above = lines[lines.indexOf(entry) - 1] ?? ''
    expect(above.toLowerCase()).toBe(`  # ${reason}. off without it: ${turnsOff}.`.toLowerCase())
  }
})

test("the operator's tables are the App's needs", () => {
  expect(table('permission')).toEqual(
    permissionNeeds.map((need) => [need.name, need.access, need.reason, need.turnsOff]),
  )
  expect(table('event')).toEqual(eventNeeds.map((need) => [need.name, need.reason, need.turnsOff]))
})
