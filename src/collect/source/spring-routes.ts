import type { Program } from './program.ts'
import { springKeys } from './spring-config.ts'
import type { Verdict } from './routes.ts'

const unknown = (because: string): Verdict => ({ route: 'unknown', because })

/** What may change the configuration from outside the repository. */
const remoteConfiguration =
  /spring-cloud-starter-config|spring-cloud-config|spring-cloud-starter-kubernetes|consul-config/

/** Builds whose libraries stand somewhere else: a parent that is not here, a convention plugin. */
const librariesElsewhere = (program: Program): boolean =>
  program.manifests.some(({ text, path }) => {
    if (/libs\.bundles|apply from|buildSrc|includeBuild/.test(text)) return true
    if (!path.endsWith('pom.xml')) return false
    const parent = /<parent>[^]*?<artifactId>([^<]{1,200})<[^]*?<\/parent>/.exec(text.slice(0, 5_000))?.[1]
    return (
      parent !== undefined &&
      parent !== 'spring-boot-starter-parent' &&
      !program.manifests.some(
        (other) => other.text.includes(`<artifactId>${parent}</artifactId>`) && other.path !== path,
      )
    )
  })

const exposes = (program: Program, endpoint: string): boolean => {
  const values = springKeys(program).filter(({ key }) => key.startsWith('management.endpoints.web.exposure.include'))
  return values.length === 0
    ? endpoint === 'health'
    : values.some(({ value }) => value.split(/[\s,"'[\]]+/).some((one) => one === '*' || one === endpoint))
}

/** Whether Spring Boot's actuator answers a path; undefined where the path is none of its. */
export const springRoute = (program: Program, path: string): Verdict | undefined => {
  const keys = springKeys(program)
  if (
    keys.some(({ key }) =>
      /^(?:server\.servlet\.context-path|spring\.webflux\.base-path|management\.endpoints\.web\.(?:base-path|path-mapping))/.test(
        key,
      ),
    )
  )
    return unknown('the configuration moves paths')
  const [first, endpoint = ''] = path.split('/').filter((part) => part !== '')
  if (first !== 'actuator') return undefined
  const { libraries } = program
  const hasActuator = libraries.includes('actuator')
  if (endpoint === 'health')
    return hasActuator ? { route: 'exists', because: '' } : unknown('the actuator may come with another library')
  if (remoteConfiguration.test(libraries) || keys.some(({ key }) => key.startsWith('spring.config.import')))
    return unknown('its configuration comes from a server')
  if (endpoint !== 'prometheus') return unknown('which endpoints the actuator has is not followed')
  if (librariesElsewhere(program)) return unknown('its libraries are declared somewhere else')
  if (!libraries.includes('micrometer-registry-prometheus'))
    return { route: 'missing', because: 'micrometer-registry-prometheus is not among its libraries' }
  if ([...program.file.environment.keys()].some((name) => name.startsWith('MANAGEMENT_')))
    return unknown('the environment changes the exposure')
  return exposes(program, 'prometheus')
    ? { route: 'exists', because: '' }
    : { route: 'missing', because: 'management.endpoints.web.exposure.include does not name prometheus' }
}
