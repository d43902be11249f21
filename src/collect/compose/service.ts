import type { FactValue } from '../../core/facts/index.ts'
import { endOfLifeOf } from '../docker/end-of-life.ts'
import { parseImageReference } from '../docker/image-reference.ts'
import { asList, asMapping, asString, asStrings, asText, defined, type Mapping } from '../shape.ts'
import { wordsOf } from './command-line.ts'
import { isTrue } from './flags.ts'
import { readHealthcheck } from './healthcheck.ts'
import { parseImage, type Image } from './image.ts'
import { resolve } from './interpolation.ts'
import { productOf, type Product } from './products.ts'
import type { Purpose } from './purpose.ts'
import { readRestart } from './restart.ts'

export type ServiceValue = FactValue<'compose.service'>

/** What the reader of one service knows of its surroundings. */
export interface Surroundings {
  name: string
  purpose: Purpose
  partial: boolean
  incomplete: boolean
  /** Another service waits for this one to complete. */
  awaited: boolean
}

const value = (text: unknown): string => resolve(asText(text) ?? '').text.trim()

export const imageOf = (service: Mapping): Image | undefined => {
  const image = asString(service['image'])
  return image === undefined || image.trim() === '' ? undefined : parseImage(image)
}

/** The product that a service runs. What is built here is no product, whatever its name. */
export const productOfService = (service: Mapping, imageBeside?: unknown): Product | undefined => {
  if (service['build'] != null) return undefined
  const image = imageOf(service) ?? (typeof imageBeside === 'string' ? parseImage(imageBeside) : undefined)
  return image === undefined ? undefined : productOf(image.repository)
}

const capabilities = (list: unknown): string[] =>
  asStrings(list).map((name) => value(name).toUpperCase().replace(/^CAP_/, ''))

const hostNamespaces = (service: Mapping): string[] =>
  [
    ['pid', service['pid']],
    ['ipc', service['ipc']],
    ['userns', service['userns_mode']],
    ['uts', service['uts']],
    ['cgroup', service['cgroup']],
  ].flatMap(([name, mode]) => (value(mode) === 'host' ? [String(name)] : []))

const limitsOf = (service: Mapping): Mapping =>
  asMapping(asMapping(asMapping(service['deploy'])?.['resources'])?.['limits']) ?? {}

const isLimit = (limit: unknown): boolean => {
  const text = asText(limit)?.trim()
  return text !== undefined && text !== '' && text !== '0' && text !== '-1'
}

/** How many containers of a service run; a number that comes from outside is taken for one. */
export const replicasOf = (service: Mapping): number => {
  const said = Number.parseInt(value(asMapping(service['deploy'])?.['replicas'] ?? service['scale']), 10)
  return Number.isNaN(said) ? 1 : said
}

export const isSwarm = (service: Mapping): boolean => {
  const deploy = asMapping(service['deploy']) ?? {}
  return ['mode', 'placement', 'update_config', 'rollback_config', 'endpoint_mode'].some((key) => key in deploy)
}

const jobWords = new Set('migrate migrations migration migrator seed seeder init initdb setup bootstrap job'.split(' '))

const namesJob = (text: string): boolean =>
  text
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((word) => jobWords.has(word))

const isJob = (service: Mapping, { name, awaited }: Surroundings, product: Product | undefined): boolean => {
  if (awaited || namesJob(name)) return true
  const hasPorts = (asList(service['ports'])?.length ?? 0) > 0
  if (hasPorts || product?.role === 'datastore') return false
  if (readRestart(service).policy === 'no') return true
  const [first, second, third] = wordsOf(service['command']).map(({ text }) => text)
  return [first, second, third].some((word) => word !== undefined && !word.startsWith('-') && namesJob(word))
}

const confinementOff = (options: readonly string[]): string[] =>
  ['seccomp', 'apparmor', 'label'].filter((name) =>
    options.some((option) =>
      [`${name}:unconfined`, `${name}=unconfined`, `${name}:disable`, `${name}=disable`].includes(option),
    ),
  )

/** Reads what a service, merged with what it extends, says of itself. */
export const readService = (service: Mapping, around: Surroundings): ServiceValue => {
  const image = imageOf(service)
  const product = productOfService(service)
  const restart = readRestart(service)
  const healthcheck = readHealthcheck(service['healthcheck'])
  const limits = limitsOf(service)
  const options = asStrings(service['security_opt']).map((option) => value(option).replaceAll(' ', ''))
  return defined({
    name: around.name,
    purpose: around.purpose,
    partial: around.partial,
    incomplete: around.incomplete,
    job: isJob(service, around, product),
    swarm: isSwarm(service),
    product: product?.name,
    role: product?.role ?? 'other',
    built: service['build'] != null,
    image:
      image === undefined
        ? undefined
        : defined({
            name: image.name,
            tag: image.tag,
            digest: image.digest,
            computed: image.computed,
            floating: image.floating,
            endOfLife: image.computed
              ? undefined
              : endOfLifeOf(parseImageReference(image.repository).repository, image.tag),
          }),
    healthcheck: healthcheck.state,
    healthcheckAlwaysPasses: healthcheck.alwaysPasses,
    healthcheckPrograms: healthcheck.programs.filter((program) => program !== ''),
    healthcheckMissing: [],
    imageHealthcheck: false,
    memoryLimit: isLimit(service['mem_limit']) || isLimit(limits['memory']),
    cpuLimit:
      ['cpus', 'cpu_quota', 'cpu_count', 'cpu_percent'].some((key) => isLimit(service[key])) || isLimit(limits['cpus']),
    pidsLimit: isLimit(service['pids_limit']) || isLimit(limits['pids']),
    restart: restart.policy,
    restartAttempts: restart.attempts,
    replicas: replicasOf(service),
    containerName: asText(service['container_name']),
    privileged: isTrue(service['privileged']),
    hostNetwork: value(service['network_mode']) === 'host',
    hostNamespaces: hostNamespaces(service),
    capabilitiesAdded: capabilities(service['cap_add']),
    capabilitiesDropped: capabilities(service['cap_drop']),
    noNewPrivileges: options.some((option) => /^no-new-privileges([:=]true)?$/.test(option)),
    confinementOff: confinementOff(options),
    readOnly: isTrue(service['read_only']),
    user: asText(service['user']),
  })
}
