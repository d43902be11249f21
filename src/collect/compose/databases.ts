import type { FactValue } from '../../core/facts/index.ts'
import type { Place } from '../../core/facts/place.ts'
import { asText, defined, type Mapping } from '../shape.ts'
import { resolve } from './interpolation.ts'
import { imageOf } from './service.ts'
import type { Sources } from './sources.ts'

type Server = FactValue<'compose.database-server'>
type Login = FactValue<'compose.database-login'>

/** Images whose entry point makes POSTGRES_USER a superuser; Bitnami's makes a plain user of it. */
const official = /^(?:postgres|postgis|timescaledb|pgvector|pgvecto-rs)$/

interface Setting {
  value: string
  computed: boolean
}

/** A value as far as it is known; a reference that nothing resolves stays as it is written, and equals itself. */
const settingOf = (environment: Mapping, name: string): Setting | undefined => {
  const written = asText(environment[name])
  if (written === undefined || written.trim() === '') return undefined
  const { text, computed } = resolve(written)
  return { value: computed ? written.trim() : text.trim(), computed }
}

/** What a service that runs PostgreSQL creates, and where it says so; undefined for every other service. */
export const databaseServerOf = (
  sources: Sources,
  service: Mapping,
): { value: Omit<Server, 'service' | 'purpose'>; place: Place } | undefined => {
  const image = imageOf(service)
  if (image === undefined || service['build'] != null || image.name.includes('bitnami')) return undefined
  const last = image.repository.slice(image.repository.lastIndexOf('/') + 1)
  if (!official.test(last)) return undefined
  const environment = sources.pairs(service['environment']) ?? {}
  const elsewhere = service['env_file'] != null || 'POSTGRES_USER_FILE' in environment
  const superuser = settingOf(environment, 'POSTGRES_USER') ?? {
    value: elsewhere ? '' : 'postgres',
    computed: elsewhere,
  }
  const database = settingOf(environment, 'POSTGRES_DB') ?? {
    value: elsewhere ? '' : superuser.value,
    computed: elsewhere || superuser.computed,
  }
  return {
    value: {
      superuser: superuser.value,
      superuserComputed: superuser.computed,
      database: database.value,
      databaseComputed: database.computed,
      official: true,
    },
    place: 'POSTGRES_USER' in environment ? sources.at(environment, 'POSTGRES_USER') : sources.at(service, 'image'),
  }
}

/** `postgres://user:password@host:5432/name`, and what JDBC and SQLAlchemy make of it. The password is left behind. */
const addressOf = (text: string): { user?: string; host: string; database?: string } | undefined => {
  const found = /^(?:jdbc:)?postgres(?:ql)?(?:\+\w+)?:\/\/([^\s]{1,500})$/i.exec(text.trim())?.[1]
  if (found === undefined) return undefined
  const login = found.slice(0, Math.max(found.lastIndexOf('@'), 0))
  const rest = found.slice(found.lastIndexOf('@') + 1)
  const host = /^[A-Za-z0-9_.-]+/.exec(rest)?.[0]
  if (host === undefined) return undefined
  const database = /^[^/?]*\/([\w-]+)/.exec(rest)?.[1]
  const colon = login.indexOf(':')
  const user = colon < 0 ? login : login.slice(0, colon)
  return defined({ user: user === '' || /[${}]/.test(user) ? undefined : user, host, database })
}

const userName =
  /^((?:[A-Z0-9]+_)*?(?:DB|DATABASE|DATASOURCE|POSTGRES|POSTGRESQL|PG|PSQL|SQL)(?:_POSTGRESDB)?_?)(USER|USERNAME|USER_NAME)$/
const otherDatabase = /MYSQL|MARIA|MONGO|REDIS|INFLUX|CLICKHOUSE|MSSQL/

const first = (environment: Mapping, prefix: string, names: readonly string[]): Setting | undefined => {
  for (const name of names) {
    const found = settingOf(environment, prefix + name)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * The logins to PostgreSQL that a service's variables describe. `servers` are the services of the same file that run
 * it; a login that names no host goes to the only one.
 */
export const databaseLoginsOf = (
  sources: Sources,
  service: Mapping,
  servers: readonly string[],
): { value: Omit<Login, 'service' | 'purpose'>; place: Place }[] => {
  const environment = sources.pairs(service['environment']) ?? {}
  const found: { value: Omit<Login, 'service' | 'purpose'>; place: Place }[] = []
  const add = (variable: string, user: string, host: string, database: string | undefined): void => {
    if (servers.includes(host))
      found.push({ value: defined({ variable, user, host, database }), place: sources.at(environment, variable) })
  }
  for (const name of Object.keys(environment)) {
    const upper = name.toUpperCase()
    if (otherDatabase.test(upper)) continue
    const setting = settingOf(environment, name)
    if (setting === undefined) continue
    const address = addressOf(resolve(asText(environment[name]) ?? '').text)
    if (address?.user !== undefined) add(name, address.user, address.host, address.database)
    const prefix = userName.exec(upper)?.[1]
    if (prefix === undefined || upper !== name) continue
    const url = first(environment, prefix, ['URL', 'URI', 'JDBC_URL', 'DSN'])
    const target = url === undefined ? undefined : addressOf(url.value)
    const host =
      target?.host ??
      first(environment, prefix, ['HOST', 'HOSTNAME', 'ADDR', 'ADDRESS', 'SERVER', 'SERVERNAME', 'SEEDS'])?.value.split(
        ':',
      )[0] ??
      (servers.length === 1 && url === undefined ? servers[0] : undefined)
    const database = first(environment, prefix, ['NAME', 'DATABASE', 'DB', 'DATABASE_NAME', 'DBNAME', 'DB_NAME'])
    if (host !== undefined)
      add(name, setting.value, host, target?.database ?? (database?.computed === true ? undefined : database?.value))
  }
  return found
}
