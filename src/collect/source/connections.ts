import type { Collected, Sink } from '../collector.ts'
import { resolve } from '../compose/interpolation.ts'
import { purposeOf } from '../compose/purpose.ts'
import type { Deployed } from './deployed.ts'
import { folderOf, isBelow } from '../tree-path.ts'
import { isTest } from './languages.ts'
import { poolOf } from './pools.ts'
import type { Programs } from './programs.ts'
import type { Reading } from './reading.ts'

/** What PostgreSQL takes where nothing says otherwise. */
const defaultLimit = 100

/** Images that start PostgreSQL with its own default; TimescaleDB's tunes it to the machine. */
const postgres = /^(?:docker\.io\/)?(?:library\/)?(?:postgres|postgis\/postgis|pgvector\/pgvector)(?::[^/]*)?(?:@.*)?$/

/** The limit of a server, and whether it is known. */
const limitOf = ({ rest }: Deployed): { limit: number; known: boolean } => {
  const written = /max_connections\s{0,4}=\s{0,4}(\d{1,6}|\$)?/.exec(rest)
  if (written !== null) return { limit: Number(written[1] ?? 0) || 0, known: /^\d/.test(written[1] ?? '') }
  return { limit: defaultLimit, known: !/config_file|postgresql\.(?:auto\.)?conf|conf\.d|\/etc\/postgres/.test(rest) }
}

const hostVariable = /(?:DB|DATABASE|POSTGRES|POSTGRESQL|PG|SQL|DATASOURCE)_?(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/i
const url =
  /^(?:jdbc:)?postgres(?:ql)?(?:\+\w{1,20})?:\/\/(?:[^\s@]{0,300}@)?([\w-]{1,100})(?:[.\w-]{0,100})(?::[^/]{0,40})?(?:[/?]|$)/i

/** The machines that a container's variables name as its databases. */
const hostsOf = ({ variables }: Deployed): Set<string> =>
  new Set(
    variables.flatMap(({ name, value }) => {
      if (value === undefined || !(hostVariable.test(name) || value.includes('://'))) return []
      const text = resolve(value).text.trim()
      return url.exec(text)?.[1] ?? (hostVariable.test(name) ? (text.split(/[.:]/)[0] ?? []) : [])
    }),
  )

/** The most containers of it that run: the upper bound of its autoscaler, else its replicas; 1 where nothing says. */
const countsOf = (collected: Collected): ((deployed: Deployed) => number) => {
  const services = new Map(
    collected.of('compose.service').map(({ place, subject, value }) => [`${place.path} ${subject}`, value.replicas]),
  )
  const most = new Map<string, number>()
  for (const { value } of collected.of('kubernetes.autoscaler'))
    if (value.maxReplicas !== undefined) most.set(`${value.namespace} ${value.name}`, value.maxReplicas)
  const workloads = new Map<string, number>()
  for (const { place, value } of collected.of('kubernetes.workload')) {
    const bounds = value.autoscalers.flatMap((name) => most.get(`${value.namespace} ${name}`) ?? [])
    workloads.set(`${place.path} ${value.id}`, Math.max(value.replicas ?? value.effectiveReplicas, ...bounds))
  }
  return ({ by, path, subject }) =>
    by === 'compose'
      ? (services.get(`${path} ${subject}`) ?? 1)
      : (workloads.get(`${path} ${subject.replace(/ (?:init )?container .*$/, '')}`) ?? 1)
}

/** Whether two containers are deployed together: by one compose file, or by manifests of one folder. */
const isBeside = (one: Deployed, other: Deployed): boolean => {
  const [a, b] = [folderOf(one.path), folderOf(other.path)]
  return one.by === other.by && (one.by === 'compose' ? one.path === other.path : isBelow(a, b) || isBelow(b, a))
}

/** Adds up what the services of the repository may open towards each PostgreSQL that it runs. */
export const relateConnections = (reading: Reading, programs: Programs, collected: Collected, sink: Sink): void => {
  const servers = reading.deployed.filter(({ image, computed }) => postgres.test(image ?? '') && !computed)
  if (servers.length === 0) return
  const countOf = countsOf(collected)
  const clients = reading.deployed
    .filter(({ subject }) => !subject.includes(' init container '))
    .map((client) => ({ client, hosts: hostsOf(client) }))
    .filter(({ hosts }) => hosts.size > 0)
  for (const server of servers) {
    if (purposeOf(server.path) === 'development' || isTest(server.path)) continue
    const parts: { text: string; connections: number }[] = []
    const said = new Set<string>()
    for (const { client, hosts } of clients) {
      if (!server.names.some((name) => hosts.has(name))) continue
      if (client === server || !isBeside(client, server) || said.has(client.subject)) continue
      const program = programs.of(client)
      const pool = program === undefined ? undefined : poolOf(program, client)
      if (pool === undefined) continue
      // Manifests of one folder may say the same workload twice, for two environments.
      said.add(client.subject)
      const count = countOf(client)
      const times = count === 1 ? '' : `${count} × `
      parts.push({ text: `${client.names[0] ?? ''} ${times}${pool.size} (${pool.at})`, connections: count * pool.size })
    }
    if (parts.length === 0) continue
    const { limit, known } = limitOf(server)
    sink.fact({
      kind: 'source.connections',
      subject: server.subject,
      place: server.place,
      value: {
        server: server.names[0] ?? '',
        limit,
        limitKnown: known,
        demand: parts.reduce((sum, { connections }) => sum + connections, 0),
        parts: parts.map(({ text }) => text),
      },
    })
  }
}
