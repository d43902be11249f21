import type { Place } from '../../core/facts/place.ts'
import type { FactValue } from '../../core/facts/index.ts'
import { asList, asMapping, asText, type Mapping } from '../shape.ts'
import { isAccessKeyName } from '../access-keys.ts'
import { commandCredentials, wordsOf } from './command-line.ts'
import { namesCredential, namesSecretFile, upperName } from './credential-names.ts'
import { judgeAddress, judgeCredential, type Judged } from './credential-values.ts'
import { resolve } from './interpolation.ts'
import type { Product } from './products.ts'
import type { Sources } from './sources.ts'

export type Credential = Omit<FactValue<'compose.credential'>, 'service' | 'purpose'> & { place: Place }

const administrators: Record<string, string> = {
  GF_SECURITY_ADMIN_PASSWORD: 'Grafana',
  KEYCLOAK_ADMIN_PASSWORD: 'Keycloak',
  KC_BOOTSTRAP_ADMIN_PASSWORD: 'Keycloak',
  MINIO_ROOT_PASSWORD: 'MinIO',
  RABBITMQ_DEFAULT_PASS: 'RabbitMQ',
  PGADMIN_DEFAULT_PASSWORD: 'pgAdmin',
  ME_CONFIG_BASICAUTH_PASSWORD: 'mongo-express',
  ELASTIC_PASSWORD: 'Elasticsearch',
  OPENSEARCH_INITIAL_ADMIN_PASSWORD: 'OpenSearch',
  INFLUXDB_ADMIN_PASSWORD: 'InfluxDB',
  DOCKER_INFLUXDB_INIT_PASSWORD: 'InfluxDB',
  AIRFLOW_ADMIN_PASSWORD: 'Airflow',
  NEO4J_AUTH: 'Neo4j',
  WORDPRESS_ADMIN_PASSWORD: 'WordPress',
}

/** The user that goes with a password, by the names of the variables beside it. */
const userBeside = (variables: Mapping, name: string): string | undefined => {
  const stem = name.slice(0, Math.max(name.lastIndexOf('_'), 0))
  for (const key of [`${stem}_USER`, `${stem}_USERNAME`, stem]) {
    const user = asText(variables[key])
    if (user !== undefined) return resolve(user).text
  }
  return undefined
}

// NEO4J_AUTH and the like hold user/password or user:password.
const afterUser = (text: string): string => text.slice(Math.max(text.indexOf('/'), text.indexOf(':')) + 1)

const judgeVariable = (variables: Mapping, name: string, text: string): (Judged & { url: boolean }) | undefined => {
  const address = judgeAddress(text)
  if (address !== undefined) return { ...address, url: true }
  if (namesSecretFile(name)) return { form: 'file', guessable: false, url: false }
  if (!namesCredential(name) || text.includes('://') || isAccessKeyName(name, Object.keys(variables))) return undefined
  const isPair = upperName(name).endsWith('_AUTH')
  const judged = judgeCredential(text, userBeside(variables, name))
  // A number is a token's lifetime or a limit, and no token.
  if (/TOKENS?$/.test(upperName(name)) && /^\d{1,6}$/.test(resolve(text).text)) return undefined
  return isPair && judged.form === 'literal'
    ? { ...judgeCredential(afterUser(text)), url: false }
    : { ...judged, url: false }
}

const fromVariables = (sources: Sources, variables: Mapping, from: 'environment' | 'build-arg'): Credential[] =>
  Object.entries(variables).flatMap(([name, value]): Credential[] => {
    const place = sources.at(variables, name)
    const administrator = administrators[upperName(name)] ?? ''
    if (value === null || value === undefined)
      // Without a value, it is passed on from where Compose runs.
      return namesCredential(name)
        ? [{ name, from, form: 'reference', url: false, guessable: false, administrator, place }]
        : []
    const text = asText(value)
    if (text === undefined) return []
    const judged = judgeVariable(variables, name, text)
    if (judged !== undefined) return [{ name, from, administrator, place, ...judged }]
    return /_?(ARGS|OPTS|OPTIONS|FLAGS)$/.test(upperName(name))
      ? commandCredentials(wordsOf(text)).map(({ name: option, form, guessable }): Credential => {
          return { name: `${option} in ${name}`, from, form, guessable, url: false, administrator: '', place }
        })
      : []
  })

const fromCommand = (sources: Sources, holder: Mapping, key: string, from: 'command' | 'healthcheck'): Credential[] => {
  const list = asList(holder[key])
  const words = wordsOf(holder[key])
  const at = (index: number | undefined): Place =>
    list === undefined || index === undefined ? sources.at(holder, key) : sources.at(list, index)
  const addresses = words.flatMap(({ text, index }): Credential[] => {
    const judged = judgeAddress(text)
    return judged === undefined
      ? []
      : [{ name: 'an address', from, url: true, administrator: '', place: at(index), ...judged }]
  })
  const options = commandCredentials(words).map(({ index, ...found }): Credential => {
    return { ...found, from, url: false, administrator: '', place: at(index) }
  })
  return [...options, ...addresses]
}

/** The variable that gives a product's administrator a password other than the one that everybody knows. */
const unsetDefaults: Record<string, { variables: string[]; folder: string }> = {
  Grafana: {
    variables: [
      'GF_SECURITY_ADMIN_PASSWORD',
      'GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION',
      'GF_AUTH_DISABLE_LOGIN_FORM',
    ],
    folder: '/etc/grafana',
  },
  MinIO: { variables: ['MINIO_ROOT_PASSWORD', 'MINIO_SECRET_KEY', 'MINIO_CONFIG_ENV_FILE'], folder: '/etc/config' },
}

const fromImage = (
  sources: Sources,
  service: Mapping,
  variables: Mapping,
  product: Product | undefined,
): Credential[] => {
  const needed = Object.hasOwn(unsetDefaults, product?.name ?? '') ? unsetDefaults[product?.name ?? ''] : undefined
  if (needed === undefined || product === undefined || service['image'] == null) return []
  const [name = ''] = needed.variables
  const isSet = needed.variables.some(
    (one) => one in variables || `${one}_FILE` in variables || `${one}__FILE` in variables,
  )
  const configured = (asList(service['volumes']) ?? []).some((mount) => {
    const target = asText(asMapping(mount)?.['target']) ?? asText(mount)?.split(':')[1] ?? ''
    return target === needed.folder || /\.(ini|env)$/.test(target)
  })
  if (isSet || configured || service['env_file'] != null || (service['command'] != null && product.name === 'Grafana'))
    return []
  const place = sources.at(service, 'image')
  return [
    { name, from: 'image-default', form: 'absent', url: false, guessable: true, administrator: product.name, place },
  ]
}

/** Every credential that a service is given, and those that it lacks and whose default everybody knows. */
export const credentialsOf = (sources: Sources, service: Mapping, product: Product | undefined): Credential[] => {
  const environment = sources.pairs(service['environment']) ?? {}
  const args = sources.pairs(asMapping(service['build'])?.['args']) ?? {}
  const healthcheck = asMapping(service['healthcheck'])
  return [
    ...fromVariables(sources, environment, 'environment'),
    ...fromVariables(sources, args, 'build-arg'),
    ...fromCommand(sources, service, 'command', 'command'),
    ...fromCommand(sources, service, 'entrypoint', 'command'),
    ...(healthcheck === undefined ? [] : fromCommand(sources, healthcheck, 'test', 'healthcheck')),
    ...fromImage(sources, service, environment, product),
  ]
}
