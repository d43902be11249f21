import * as z from 'zod'
import { defineFact } from './define.ts'

const where = z
  .enum(['product', 'test', 'documentation', 'template'])
  .describe('What the file is for, by its path: test and documentation are judged more mildly')

const masked = z.string().describe('At most the first three characters; never the value')

export const credential = defineFact({
  topic: 'secrets',
  variable: 'credential',
  description: 'One value in a text file that looks like a credential. The value itself never leaves the collector.',
  schema: z.object({
    form: z
      .enum(['token', 'private-key', 'connection-string', 'literal', 'fallback', 'account', 'remote-password'])
      .describe(
        'How it is written: a vendor token, a URL with a password, key = "value", a default for a variable, ...',
      ),
    what: z.string().describe('What it is, in words: AWS secret access key, PostgreSQL connection string, JWT_SECRET'),
    masked,
    where,
    script: z.boolean().describe('Whether the file is a shell script'),
    local: z
      .boolean()
      .describe(
        'Whether it plainly opens only something of a developer: at localhost, or in a profile called local or dev',
      ),
    weak: z.boolean().describe('Whether it is a well-known default or a placeholder that works: admin, change-me'),
  }),
})

export const hostKeyCheck = defineFact({
  topic: 'secrets',
  variable: 'login',
  description: 'A script that turns off the check of the host it logs in to over SSH.',
  schema: z.object({
    option: z.string(),
    password: z.boolean().describe('Whether the same file logs in with a password (sshpass, expect)'),
    where,
  }),
})

export const environmentFile = defineFact({
  topic: 'secrets',
  variable: 'env',
  description: 'A .env file, or the template of one.',
  schema: z.object({
    template: z.boolean().describe('Whether its name says that it is an example, sample or template'),
    variables: z.number(),
    secrets: z.array(z.string()).describe('Names of the variables whose value looks like a real secret'),
    defaults: z.array(z.string()).describe('Names of the variables whose value is a well-known default, such as admin'),
    development: z.boolean().describe('Whether its name or folder says that it is for tests or for a developer alone'),
    ignored: z.boolean().describe('Whether .gitignore covers this file itself'),
    realIgnored: z.boolean().describe('Whether .gitignore covers a .env in the same folder'),
    realPath: z.string().describe('The path of that .env'),
  }),
})

export const storedSecret = defineFact({
  topic: 'secrets',
  variable: 'file',
  description: 'A file that holds secrets or personal data as a whole: a key store, a database dump, a state file.',
  schema: z.object({
    kind: z.enum(['key-store', 'private-key', 'password-file', 'terraform-state', 'database-dump']),
    what: z.string(),
    where,
    size: z.number().describe('Bytes'),
  }),
})

export const identityExport = defineFact({
  topic: 'secrets',
  variable: 'entry',
  description: 'One setting of an exported identity realm (Keycloak) that matters to whoever finds the file.',
  schema: z.object({
    what: z.enum([
      'user-password',
      'client-secret',
      'provider-secret',
      'smtp-password',
      'web-origins',
      'redirect-uris',
    ]),
    realm: z.string(),
    owner: z.string().describe('The user, client or provider that it belongs to'),
    masked,
    literal: z.boolean().describe('False for a variable that is filled in on import, for ********** and for hashes'),
    wildcard: z.boolean().describe('Whether a list of origins or redirects allows everything'),
  }),
})
