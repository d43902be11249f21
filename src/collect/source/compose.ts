import type { TextFile } from '../collector.ts'
import { resolve } from '../compose/interpolation.ts'
import { asList, asMapping, asStrings, asText, type Mapping } from '../shape.ts'
import type { YamlDocument } from '../yaml/yaml-file.ts'
import type { Asked, Deployed, SetVariable } from './deployed.ts'
import { askedPath } from './health-command.ts'
import { folderOf, pathFrom } from '../tree-path.ts'

const maxServices = 2_000

const buildOf = (service: Mapping, folder: string): Deployed['build'] => {
  const { build } = service
  const context = asText(build) ?? asText(asMapping(build)?.['context'])
  if (context === undefined && asMapping(build) === undefined) return undefined
  const { text, computed } = resolve(context ?? '.')
  const file = resolve(asText(asMapping(build)?.['dockerfile']) ?? 'Dockerfile')
  const path = pathFrom(folder, text)
  const dockerfile = path === undefined ? undefined : pathFrom(path, file.text)
  if (computed || file.computed || path === undefined || dockerfile === undefined) return undefined
  return { context: path, dockerfile }
}

const variablesOf = (service: Mapping, document: YamlDocument): SetVariable[] => {
  const { environment } = service
  const list = asList(environment)
  if (list !== undefined)
    return list.flatMap((item, index) => {
      const text = asText(item) ?? ''
      const equals = text.indexOf('=')
      const name = equals < 0 ? text : text.slice(0, equals)
      return [{ name, value: equals < 0 ? undefined : text.slice(equals + 1), place: document.at(list, index) }]
    })
  const map = asMapping(environment) ?? {}
  return Object.entries(map).map(([name, value]) => ({ name, value: asText(value), place: document.at(map, name) }))
}

const askedOf = (service: Mapping, document: YamlDocument): Asked[] => {
  const check = asMapping(service['healthcheck'])
  const command = asStrings(check?.['test']).join(' ')
  const path = askedPath(command)
  return check === undefined || path === undefined
    ? []
    : [{ probe: 'healthcheck', path, place: document.at(check, 'test') }]
}

const serviceOf = (name: string, service: Mapping, services: Mapping, document: YamlDocument): Deployed => {
  const { path } = document.at()
  const { environment: _, ...rest } = service
  const container = asText(service['container_name'])
  const build = buildOf(service, folderOf(path))
  return {
    by: 'compose',
    subject: `service ${name}`,
    path,
    place: document.at(services, name),
    image: asText(service['image']),
    build,
    computed:
      (service['build'] !== undefined && build === undefined) || resolve(asText(service['image']) ?? '').computed,
    names: container === undefined ? [name] : [name, container],
    asked: askedOf(service, document),
    variables: variablesOf(service, document),
    openEnvironment: service['env_file'] !== undefined || service['extends'] !== undefined,
    rest: JSON.stringify(rest),
    scrape: undefined,
  }
}

/** The services of a compose file. */
export const readCompose = (file: TextFile): Deployed[] =>
  file.yaml('1.2').documents.flatMap((document) => {
    const services = asMapping(asMapping(document.value)?.['services']) ?? {}
    return Object.entries(services)
      .slice(0, maxServices)
      .flatMap(([name, value]) => {
        const service = asMapping(value)
        return service === undefined ? [] : [serviceOf(name, service, services, document)]
      })
  })
