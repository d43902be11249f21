import type { Fact, FactValue } from '../../core/facts/index.ts'
import type { Collected, Sink } from '../collector.ts'
import { initFilesOf } from './init-files.ts'
import { Schema } from './schema.ts'
import type { Outcome } from './sequences.ts'
import type { SqlParser } from './sql/parser.ts'
import { readScript } from './sql/statements.ts'
import type { World } from './world.ts'

type Server = Fact<'compose.database-server'>

/** What runs beside the application, and is right to see everything. */
const tooling =
  /(?:^|[-_])(?:pg-?admin|adminer|exporter|backup|backups|pg-?dump|migrate|migrations?|migrator|flyway|liquibase|init|setup|seed|seeder|bootstrap|pghero|pgweb|barman|wal-?g|debezium|connect)(?:$|[-_\d])|exporter$/i

/** Programs of others that keep their own tables, in images that are no datastore. */
const others =
  /(?:^|\/)(?:keycloak[\w-]*|grafana[\w-]*|metabase|n8n|kong|airflow|superset|temporal[\w-]*|auto-setup|hydra|kratos|keto|zitadel|authentik|server|sonarqube|gitea|forgejo|mattermost[\w-]*|nextcloud|unleash-server|redash|wiki|outline|flagsmith|umami|langfuse|kestra|windmill|dagster[\w-]*|mlflow|rundeck|pgbouncer|vaultwarden|wordpress|odoo|harbor[\w-]*)(?::|@|$)/

/** What the scripts that a server runs at its first start create; `open` where some of it cannot be seen. */
interface Created {
  schema: Schema
  open: boolean
}

const createdBy = (server: Server, collected: Collected, world: World, parser: SqlParser | undefined): Created => {
  const created: Created = { schema: new Schema(), open: false }
  for (const { path, mounted } of initFilesOf(server.place.path, server.value.service, collected)) {
    // A shell script, a dump or a path that is not in the repository may create anything.
    const script = world.scripts.find((one) => one.path === path) ?? world.migrations.find((one) => one.path === path)
    if (!mounted || script === undefined || parser === undefined) created.open = true
    else {
      const { statements, unread, dynamic } = readScript(parser, script.path, script.text)
      for (const statement of statements) created.schema.apply(statement)
      if (unread.length > 0 || dynamic.length > 0) created.open = true
    }
  }
  return created
}

const known = (computed: boolean, yes: boolean, open: boolean): 'yes' | 'no' | 'unknown' =>
  yes ? 'yes' : computed || open ? 'unknown' : 'no'

const builtIn = new Set(['postgres', 'template1'])

const loginValue = (
  { value: login }: Fact<'compose.database-login'>,
  server: Server,
  { schema, open }: Created,
  outcome: Outcome,
  { ownCode, ownServer }: Pick<FactValue<'databases.login'>, 'ownCode' | 'ownServer'>,
): FactValue<'databases.login'> => {
  const { superuser, superuserComputed, database, databaseComputed } = server.value
  const roles = [schema, ...outcome.schemas].map(({ roles: made }) => made.get(login.user))
  const bySuperuser = superuser !== '' && login.user === superuser
  // Rails, Prisma and others create the database that they miss, where they may.
  const mayCreate = ownCode && bySuperuser
  const isComputed = login.user.includes('$')
  const madeDatabase = (name: string): boolean => name === database || builtIn.has(name) || schema.databases.has(name)
  return {
    service: login.service,
    purpose: login.purpose,
    server: login.host,
    user: login.user,
    variable: login.variable,
    superuser: bySuperuser || roles.some((role) => role?.superuser === true),
    ownCode,
    ownServer,
    rowSecurity: ownCode && outcome.policied > 0,
    policied: outcome.policied,
    tooling: tooling.test(login.service),
    userCreated: known(superuserComputed || isComputed, bySuperuser || roles.some((role) => role !== undefined), open),
    ...(login.database === undefined ? {} : { database: login.database }),
    databaseCreated:
      login.database === undefined
        ? 'unknown'
        : known(databaseComputed || login.database.includes('$') || mayCreate, madeDatabase(login.database), open),
    superuserLine: server.place.line,
  }
}

/** Joins the logins of compose files with the servers of the same file and with what scripts and migrations create. */
export const loginFacts = (
  collected: Collected,
  world: World,
  outcome: Outcome,
  parser: SqlParser | undefined,
  sink: Sink,
): void => {
  const created = new Map<Server, Created>()
  const users = new Map<string, Set<string>>()
  for (const { place, value } of collected.of('compose.database-login')) {
    const key = `${place.path} ${value.host}`
    users.set(key, (users.get(key) ?? new Set()).add(value.service))
  }
  for (const login of collected.of('compose.database-login')) {
    const server = collected
      .of('compose.database-server')
      .find(({ place, value }) => place.path === login.place.path && value.service === login.value.host)
    if (server === undefined) continue
    const service = collected
      .of('compose.service')
      .find(({ place, value }) => place.path === login.place.path && value.name === login.value.service)
    const ownCode =
      service?.value.built === true ||
      (service?.value.product === undefined && !others.test(service?.value.image?.name ?? ''))
    const ownServer = (users.get(`${login.place.path} ${login.value.host}`)?.size ?? 0) <= 1
    const made = created.get(server) ?? createdBy(server, collected, world, parser)
    created.set(server, made)
    sink.fact({
      kind: 'databases.login',
      subject: `service ${login.value.service}`,
      place: login.place,
      value: loginValue(login, server, made, outcome, { ownCode, ownServer }),
    })
  }
}
