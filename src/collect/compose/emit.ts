import type { Place } from '../../core/facts/place.ts'
import type { Fact, FactKind } from '../../core/facts/index.ts'
import type { Sink } from '../collector.ts'
import { asList, asMapping, asText, defined, type Mapping } from '../shape.ts'
import { wordsOf } from './command-line.ts'
import { credentialsOf } from './credentials.ts'
import { databaseLoginsOf, databaseServerOf } from './databases.ts'
import { boundVolume, parseMount } from './mounts.ts'
import { parsePort } from './ports.ts'
import { answering } from './products.ts'
import { isWhole, type ComposeDocument, type Project } from './project.ts'
import { isSwarm, productOfService, readService, replicasOf } from './service.ts'
import { commandSettings, settingOf } from './settings.ts'

/** Keys of a service that findings point at, under the name that rules use. */
const placed = [
  'image',
  'build',
  'healthcheck',
  'restart',
  'container_name',
  'privileged',
  'network_mode',
  'cap_add',
  'security_opt',
  'user',
]

const namespaceKeys = ['pid', 'ipc', 'userns_mode', 'uts', 'cgroup']

/** Turns the services of a project into facts. What several services share is one fact, of the first of them. */
export class Emitter {
  readonly #project: Project
  readonly #sink: Sink
  readonly #seen = new Set<string>()
  readonly #databaseServers = new Map<ComposeDocument, readonly string[]>()

  constructor(project: Project, sink: Sink) {
    this.#project = project
    this.#sink = sink
  }

  document(document: ComposeDocument): void {
    const { root, services, path, purpose } = document
    this.#sink.fact({
      kind: 'compose.file',
      subject: `file ${path}`,
      place: 'version' in root ? this.#project.sources.at(root, 'version') : { path, line: 1, column: 1 },
      value: defined({
        purpose,
        version: asText(root['version']),
        services: Object.keys(services).length,
      }),
    })
    const volumes = asMapping(root['volumes']) ?? {}
    for (const name of Object.keys(volumes)) {
      const volume = boundVolume(volumes, name)
      if (volume === undefined) continue
      const place = this.#project.sources.at(volumes, name)
      this.#sink.fact({ kind: 'compose.volume', subject: `volume ${name}`, place, value: { name, purpose, ...volume } })
    }
    const completed = this.#project.completed(document)
    for (const name of Object.keys(services)) this.#service(document, name, completed.has(name))
  }

  #service(document: ComposeDocument, name: string, awaited: boolean): void {
    const { sources } = this.#project
    if (asMapping(document.services[name]) === undefined) return
    const { value, incomplete } = this.#project.whole(document, name)
    const effective = this.#project.withProductionOverrides(document, name, value)
    const partial = !isWhole(value)
    const places: Record<string, Place> = {}
    for (const key of placed) if (effective[key] != null) places[key] = sources.at(effective, key)
    const namespaceKey = namespaceKeys.find((key) => effective[key] === 'host')
    if (namespaceKey !== undefined) places['namespace'] = sources.at(effective, namespaceKey)
    this.#sink.fact({
      kind: 'compose.service',
      subject: `service ${name}`,
      place: sources.at(document.services, name),
      places,
      value: readService(effective, { name, purpose: document.purpose, partial, incomplete, awaited }),
    })
    this.#parts(document, name, value)
  }

  #parts(document: ComposeDocument, name: string, service: Mapping): void {
    const { sources } = this.#project
    const { purpose } = document
    const beside = isWhole(service) ? undefined : this.#project.imageBeside(document, name)
    const product = productOfService(service, beside)
    const about = { service: name, purpose }
    const ports = asList(service['ports']) ?? []
    for (const [index, item] of ports.entries()) {
      const port = parsePort(item)
      if (port === undefined) continue
      const answer = answering(product, port.target)
      const role = answer?.role === 'datastore' || answer?.role === 'admin' ? answer.role : 'other'
      const hostNetwork = service['network_mode'] === 'host'
      const rest = { role, hostNetwork, replicas: replicasOf(service), swarm: isSwarm(service) } as const
      const value = defined({ ...about, ...port, product: answer?.name, ...rest }) as Fact<'compose.port'>['value']
      this.#part('compose.port', name, sources.at(ports, index), port.text, value)
    }
    const volumes = asList(service['volumes']) ?? []
    for (const [index, item] of volumes.entries()) {
      const mount = parseMount(item, asMapping(document.root['volumes']))
      if (mount === undefined) continue
      const value = { ...about, role: product?.role ?? 'other', ...mount }
      this.#part('compose.mount', name, sources.at(volumes, index), mount.target, value)
    }
    for (const { place, ...credential } of credentialsOf(sources, service, product))
      this.#part('compose.credential', name, place, credential.name, { ...about, ...credential })
    this.#settings(name, about, service)
    this.#databases(document, name, about, service)
  }

  #databases(
    document: ComposeDocument,
    name: string,
    about: { service: string; purpose: ComposeDocument['purpose'] },
    service: Mapping,
  ): void {
    const { sources } = this.#project
    const server = databaseServerOf(sources, service)
    if (server !== undefined)
      return this.#part('compose.database-server', name, server.place, '', { ...about, ...server.value })
    const servers = this.#servers(document)
    if (servers.length === 0) return
    for (const { value, place } of databaseLoginsOf(sources, service, servers))
      this.#part('compose.database-login', name, place, value.variable, { ...about, ...value })
  }

  /** The services of a file that run PostgreSQL. */
  #servers(document: ComposeDocument): readonly string[] {
    const known = this.#databaseServers.get(document)
    if (known !== undefined) return known
    const names = Object.keys(document.services).filter(
      (one) => databaseServerOf(this.#project.sources, this.#project.whole(document, one).value) !== undefined,
    )
    this.#databaseServers.set(document, names)
    return names
  }

  #settings(name: string, about: { service: string; purpose: ComposeDocument['purpose'] }, service: Mapping): void {
    const { sources } = this.#project
    const environment = sources.pairs(service['environment']) ?? {}
    for (const [key, written] of Object.entries(environment)) {
      const text = typeof written === 'boolean' || typeof written === 'number' ? String(written) : written
      const setting = typeof text === 'string' ? settingOf(key, text) : undefined
      if (setting !== undefined)
        this.#part('compose.setting', name, sources.at(environment, key), key, { ...about, ...setting })
    }
    for (const key of ['command', 'entrypoint']) {
      const list = asList(service[key])
      for (const { index, ...setting } of commandSettings(wordsOf(service[key]))) {
        const place = list === undefined || index === undefined ? sources.at(service, key) : sources.at(list, index)
        this.#part('compose.setting', name, place, setting.value, { ...about, ...setting })
      }
    }
  }

  #part<K extends FactKind>(kind: K, service: string, place: Place, what: string, value: Fact<K>['value']): void {
    const id = `${kind}\n${place.path}\n${place.line}:${place.column}\n${what}`
    if (this.#seen.has(id)) return
    this.#seen.add(id)
    this.#sink.fact({ kind, subject: `service ${service}`, place, value })
  }
}
