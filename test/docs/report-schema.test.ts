import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { readRules } from '../../scripts/read-rules.ts'
import { memoryWorkspace } from '../../src/adapters/memory/memory.ts'
import { assess } from '../../src/assess.ts'
import { json } from '../../src/render/json.ts'

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/report.schema.json'), 'utf8')) as object
const validate = new Ajv2020({ allErrors: true }).compile(schema)

const policies = {
  'no policy': undefined,
  'a broken policy': 'version: 2',
  'a waiver': `version: 1
waivers: [{ rule: containers/non-root-user, reason: spring, owner: ada, expires: 2027-03-31 }]`,
  'another environment': 'version: 1\nenvironments: { clinic: {} }',
}

test.each(Object.entries(policies))('a real report with %s is valid against docs/report.schema.json', async (_, text) => {
  const files = memoryWorkspace({
    Dockerfile: 'FROM alpine:3.20\nCMD ["/clinic"]\n',
    'web/Dockerfile': 'FROM alpine\0',
  })
  const { report } = await assess({
    workspace: files,
    evidenceFiles: files,
    rules: readRules().map(({ rule }) => rule),
    policy: text === undefined ? undefined : { path: 'prodgate.yml', text },
    environment: 'production',
    now: new Date('2027-01-01T00:00:00Z'),
    subject: { repository: 'acme/clinic', sha: null, directory: '.' },
    version: '1.2.3',
  })
  validate(JSON.parse(json(report)))
  expect(validate.errors).toBeNull()
})
