import * as z from 'zod'
import { defineFact } from './define.ts'

const folder = z
  .string()
  .describe('Where the source of the service is, as far as the repository says; empty for the root')
const route = z
  .enum(['exists', 'missing', 'unknown'])
  .describe('missing: the framework is known, and nothing in the source declares or could make up the path')
const access = z
  .enum(['open', 'guarded', 'unknown'])
  .describe('Whether the path answers somebody who has not logged in, where the source says so plainly')

export const request = defineFact({
  topic: 'source',
  variable: 'request',
  description: 'One HTTP path that a probe or a health check asks of a service whose source is in the repository.',
  schema: z.object({
    by: z.enum(['kubernetes', 'compose', 'dockerfile']),
    probe: z.enum(['liveness', 'readiness', 'startup', 'healthcheck']),
    path: z.string(),
    folder,
    framework: z.string().describe('What serves it: Next.js, Spring Boot, Gin, ...; empty where that is not known'),
    route,
    because: z.string().describe('Why the route is missing or not known'),
    access,
    guard: z.string().describe('Where the source demands a login, as path:line; empty where it does not'),
    downstream: z
      .string()
      .describe('The call to another service that the handler fails with, as path:line; empty where none is seen'),
  }),
})

export const scrape = defineFact({
  topic: 'source',
  variable: 'scrape',
  description: 'One path that Prometheus is told to read metrics from, of a service whose source is in the repository.',
  schema: z.object({
    by: z.enum(['annotation', 'prometheus']),
    at: z.string().describe('Where Prometheus is told to, as path:line'),
    path: z.string(),
    folder,
    framework: z.string(),
    route,
    because: z.string(),
    access,
    guard: z.string(),
    credentials: z.boolean().describe('Whether the scrape configuration sends any'),
  }),
})

export const variable = defineFact({
  topic: 'source',
  variable: 'variable',
  description: 'One environment variable that a deployment file gives to a service whose source is in the repository.',
  schema: z.object({
    name: z.string(),
    by: z.enum(['kubernetes', 'compose']),
    folder,
    read: z.enum(['yes', 'no', 'unknown']).describe('Whether anything in the image names it'),
    because: z.string().describe('Why that is not known'),
  }),
})

export const neededVariable = defineFact({
  topic: 'source',
  variable: 'needed',
  description: 'One environment variable that a service reads without a default and cannot start without.',
  schema: z.object({
    name: z.string(),
    by: z.enum(['kubernetes', 'compose']),
    folder,
    readAt: z.string().describe('path:line'),
    set: z.enum(['yes', 'no', 'unknown']),
    because: z.string(),
  }),
})

export const environmentFileOption = defineFact({
  topic: 'source',
  variable: 'option',
  description: 'A compose file that a documented command starts with --env-file.',
  schema: z.object({
    command: z.string().describe('Where the command stands, as path:line'),
    file: z.string().describe('What it passes'),
    interpolates: z.boolean().describe('Whether the compose file has any ${variable} for it, or an env_file'),
    literals: z.number().describe('Credentials that are written out in the compose file'),
  }),
})

export const profile = defineFact({
  topic: 'source',
  variable: 'profile',
  description:
    'One configuration that a deployment selects by name: a Spring profile, Django settings, a Rails environment.',
  schema: z.object({
    setting: z.string().describe('The variable that selects it'),
    name: z.string(),
    state: z.enum(['exists', 'missing', 'unknown']),
    near: z.string().describe('The file that may have been meant; empty where there is none'),
    wanted: z.string().describe('The file that the name asks for'),
    because: z.string(),
  }),
})

export const cors = defineFact({
  topic: 'source',
  variable: 'cors',
  description: 'One statement in source code that says which origins may call.',
  schema: z.object({
    origins: z.enum(['any', 'localhost', 'other']).describe('localhost: literals, all of them on this machine'),
    credentials: z.boolean().describe('Whether the same configuration lets cookies and logins through'),
  }),
})

export const stub = defineFact({
  topic: 'source',
  variable: 'stub',
  description: 'A comment in product code that says that a check of who somebody is was left out.',
  schema: z.object({ says: z.string() }),
})

export const unfinished = defineFact({
  topic: 'source',
  variable: 'todo',
  description: 'A note of unfinished work in product code that is about security.',
  schema: z.object({ says: z.string(), about: z.string() }),
})

export const query = defineFact({
  topic: 'source',
  variable: 'query',
  description: 'SQL whose quoted values are pasted in by formatting.',
  schema: z.object({ how: z.string() }),
})

export const loggedBody = defineFact({
  topic: 'source',
  variable: 'logged',
  description: 'A line that writes a whole request body to the log.',
  schema: z.object({ what: z.string() }),
})

export const connections = defineFact({
  topic: 'source',
  variable: 'connections',
  description:
    'A PostgreSQL that a deployment file runs, beside the pools of the services of the repository that connect to it.',
  schema: z.object({
    server: z.string(),
    limit: z.number().describe('Its max_connections; 100 where nothing sets it'),
    limitKnown: z.boolean(),
    demand: z.number().describe('Connections that the known pools of all containers open together at the most'),
    parts: z
      .array(z.string())
      .describe('What adds up to that: service, containers × pool, and where the pool is written'),
  }),
})

export const sessionSetting = defineFact({
  topic: 'source',
  variable: 'setting',
  description: 'What the policies of row level security of the migrations read to learn who asks.',
  schema: z.object({
    names: z.array(z.string()),
    set: z
      .enum(['yes', 'no', 'unknown'])
      .describe(
        'Whether source that is no test names one of them; unknown where it sets settings whose names it computes',
      ),
  }),
})

export const exposedPort = defineFact({
  topic: 'source',
  variable: 'port',
  description: 'One port that the image of a Go program exposes.',
  schema: z.object({
    port: z.number(),
    served: z.enum(['yes', 'no']).describe('Whether the source, its configuration or a deployment names it'),
    unread: z.string().describe('A setting with the port that nothing reads, and where it is; empty for none'),
  }),
})

export const focusedTest = defineFact({
  topic: 'source',
  variable: 'focused',
  description: 'One test or group of tests that keeps all others of its file from running.',
  schema: z.object({ call: z.string().describe('it.only, fdescribe, ...') }),
})

export const framework = defineFact({
  topic: 'source',
  variable: 'framework',
  description: 'One framework that a manifest pins to a line of versions of which the end is known.',
  schema: z.object({
    name: z.string(),
    version: z.string(),
    endOfLife: z.string().describe('The day (ISO 8601) after which the line gets no security fixes that are free'),
  }),
})

export const storedPassword = defineFact({
  topic: 'source',
  variable: 'stored',
  description: 'One column of text that says by its name that it keeps passwords as they were typed.',
  schema: z.object({ column: z.string() }),
})

export const healthStub = defineFact({
  topic: 'source',
  variable: 'health',
  description: 'Something that a health check calls well without looking, beside the check that was made a comment.',
  schema: z.object({ flag: z.string(), check: z.string().describe('The call that stands in the comment') }),
})

export const tenantHeader = defineFact({
  topic: 'source',
  variable: 'filter',
  description: 'A servlet filter that takes the tenant from a request header.',
  schema: z.object({ header: z.string(), limited: z.boolean().describe('Whether a profile or a condition limits it') }),
})

export const errorDetail = defineFact({
  topic: 'source',
  variable: 'setting',
  description: 'A setting of Spring Boot that puts details of errors into every response.',
  schema: z.object({
    key: z.string(),
    overridden: z.boolean().describe('Whether a profile that the deployments select takes it back'),
    by: z.string().describe('The file that would take it back; empty where there is none'),
  }),
})

export const databaseDriver = defineFact({
  topic: 'source',
  variable: 'driver',
  description: 'A database that the source or its configuration opens by the name of a driver.',
  schema: z.object({
    name: z.string(),
    present: z.enum(['yes', 'no', 'unknown']),
    because: z.string(),
    wanted: z.string().describe('A library that brings it'),
  }),
})

export const databaseTls = defineFact({
  topic: 'source',
  variable: 'connection',
  description: 'A connection to a database whose encryption is switched off in product code or a manifest.',
  schema: z.object({ setting: z.string(), local: z.boolean().describe('Whether the host is the same machine') }),
})
