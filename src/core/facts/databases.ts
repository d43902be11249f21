import * as z from 'zod'
import { defineFact } from './define.ts'

const tool = z.enum(['Flyway', 'Prisma', 'Supabase', 'numbered']).describe('How the migrations are named')

export const table = defineFact({
  topic: 'databases',
  variable: 'table',
  description: 'One PostgreSQL table, as all migrations together leave it.',
  schema: z.object({
    name: z.string().describe('With its schema where that is not public'),
    migrations: z.string().describe('The folder of the migrations'),
    tool,
    tenantColumn: z.string().optional().describe('The column that policies of these migrations tell tenants apart by'),
    isolatedTables: z.number().describe('How many tables of the same migrations have row level security'),
    rowSecurity: z.boolean(),
    forced: z.boolean().describe('Row level security holds for the owner of the table as well'),
    forcedTables: z.number().describe('How many tables of the same migrations force row level security'),
    policies: z.number(),
    partition: z.boolean().describe('Rows are reached through the table that it is a part of'),
    dynamic: z.boolean().describe('The migrations build statements about row level security while they run'),
    ownedByApplication: z
      .boolean()
      .describe('The application runs the migrations with its own login, so that it owns what they create'),
  }),
})

export const policy = defineFact({
  topic: 'databases',
  variable: 'policy',
  description: 'One policy of row level security that is left when all migrations ran.',
  schema: z.object({
    name: z.string(),
    table: z.string(),
    command: z.enum(['all', 'select', 'insert', 'update', 'delete']),
    permissive: z.boolean(),
    roles: z.array(z.string()).describe('Empty for everybody'),
    opens: z
      .enum(['always', 'unset', 'no'])
      .describe('The rows it lets through: all; all when the setting that names the tenant is not set; or some'),
    part: z.enum(['using', 'check', 'none']).describe('The part of the policy that opens'),
    tenantColumn: z.string().optional().describe('The column of the table that other policies tell tenants apart by'),
    narrowed: z.boolean().describe('A restrictive policy of the same table narrows what this one opens'),
    trusted: z.boolean().describe('It is only for roles that serve or administer, not for users'),
    log: z.boolean().describe('The table is a log or an audit trail, by its name'),
  }),
})

export const migration = defineFact({
  topic: 'databases',
  variable: 'migration',
  description: 'One versioned SQL migration that goes forward.',
  schema: z.object({
    tool,
    version: z.string(),
    migrations: z.string().describe('The folder of the migrations'),
    strict: z.boolean().describe('The tool stops at two migrations with the same version'),
    needs: z
      .string()
      .optional()
      .describe('A table that a statement of it needs, and that only a later statement creates'),
    needsFor: z.string().describe('What needs the table: ALTER TABLE, CREATE INDEX, ...; empty for nothing'),
    createdIn: z.string().optional().describe('The migration that creates the table after all'),
    sameVersion: z.string().optional().describe('Another migration of the folder with the same version'),
  }),
})

export const change = defineFact({
  topic: 'databases',
  variable: 'change',
  description: 'One statement of a migration that changes a table which an earlier migration created.',
  schema: z.object({
    table: z.string(),
    action: z.enum([
      'add-column',
      'drop-column',
      'drop-table',
      'create-index',
      'alter-type',
      'rename-column',
      'rename-table',
      'set-not-null',
    ]),
    column: z.string().describe('Empty where it is about the whole table'),
    required: z.boolean().describe('add-column: NOT NULL'),
    fills: z.boolean().describe('add-column: has a default, an identity or an expression that fills existing rows'),
    concurrently: z.boolean().describe('create-index: without a lock against writes'),
  }),
})

export const seed = defineFact({
  topic: 'databases',
  variable: 'seed',
  description: 'One INSERT of a migration into a table of people, tenants or what they own.',
  schema: z.object({
    table: z.string(),
    rows: z.number(),
    demonstration: z.boolean().describe('The rows are for a demonstration or a test, by their names'),
  }),
})

export const login = defineFact({
  topic: 'databases',
  variable: 'login',
  description: 'How a compose service logs in to a PostgreSQL of the same file.',
  schema: z.object({
    service: z.string(),
    purpose: z.enum(['production', 'development', 'unspecified']),
    server: z.string().describe('The service that runs PostgreSQL'),
    user: z.string(),
    variable: z.string().describe('The variable that says the user'),
    superuser: z.boolean().describe('It is the user that the image creates as superuser, or one that a script made so'),
    ownCode: z.boolean().describe('The service is built here, or is no well-known product'),
    ownServer: z.boolean().describe('No other service of the file logs in to that server'),
    rowSecurity: z.boolean().describe('It runs own code, and migrations of the repository use row level security'),
    policied: z.number().describe('How many tables have row level security'),
    tooling: z.boolean().describe('The service administers, backs up, watches or migrates the database'),
    userCreated: z.enum(['yes', 'no', 'unknown']),
    database: z.string().optional(),
    databaseCreated: z.enum(['yes', 'no', 'unknown']),
    superuserLine: z.number().describe('The line of the server that names the superuser'),
  }),
})

export const initFile = defineFact({
  topic: 'databases',
  variable: 'file',
  description:
    'One file that PostgreSQL or MySQL runs when its data directory is new: mounted into docker-entrypoint-initdb.d.',
  schema: z.object({
    service: z.string(),
    file: z.string(),
    undoes: z.boolean().describe('It undoes a migration, or holds both directions of one'),
  }),
})

export const script = defineFact({
  topic: 'databases',
  variable: 'script',
  description: 'One SQL file that creates tables or inserts rows, and is no migration.',
  schema: z.object({
    applied: z.boolean().describe('Something in the repository names the file or its folder, or a framework runs it'),
    does: z.string().describe('creates tables, inserts rows'),
  }),
})

export const migrateCommand = defineFact({
  topic: 'databases',
  variable: 'command',
  description: 'One command that changes the schema of a database, in a script, an image, a manifest or a workflow.',
  schema: z.object({
    command: z.string().describe('The program and what it does: prisma db push'),
    where: z.string().describe('What runs it: the file, or the script of package.json'),
    purpose: z.enum(['production', 'development', 'unspecified']),
    losesData: z.string().describe('The option or the command that discards data; empty for none'),
    swallowed: z.string().describe('What hides that it failed: || true; empty for nothing'),
  }),
})

export const testDatabase = defineFact({
  topic: 'databases',
  variable: 'database',
  description: 'One PostgreSQL that tests start for themselves.',
  schema: z.object({
    how: z.string(),
    superuser: z.boolean().describe('The tests log in as the superuser that the container creates'),
    rowSecurity: z.boolean().describe('Migrations of the repository use row level security'),
  }),
})
