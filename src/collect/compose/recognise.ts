import { asMapping, type Mapping } from '../shape.ts'

/** Names that say that a file is Compose's, whatever is in it. */
export const isComposeName = (path: string): boolean =>
  /(^|[/._-])docker-(compose|stack)([._-][^/]*)?\.ya?ml$|(^|\/)compose([._-][^/]*)?\.ya?ml$/i.test(path) &&
  !path.startsWith('.github/')

const topLevel = new Set(['services', 'include', 'version', 'networks', 'volumes', 'configs', 'secrets', 'name'])
const foreign = ['apiVersion', 'jobs', 'on', 'stages', 'pipeline', 'openapi', 'swagger']

const runs = (service: unknown): boolean => {
  const mapping = asMapping(service)
  return mapping !== undefined && (mapping['image'] != null || mapping['build'] != null)
}

/**
 * The services of a document, if it is one of Compose; `shape` when only its name says so.
 * @param named its name says that it is Compose's, so that less has to speak for it
 */
export const servicesOf = (root: Mapping, named: boolean): Mapping | 'foreign' | 'shape' => {
  if (foreign.some((key) => key in root)) return 'foreign'
  const services = asMapping(root['services'])
  const all = Object.values(services ?? {})
  if (!named) {
    const looksRight =
      services !== undefined && all.some(runs) && all.every((service) => asMapping(service) !== undefined)
    return looksRight ? services : 'foreign'
  }
  if (services !== undefined) return services
  if (root['services'] !== undefined && root['services'] !== null) return 'shape'
  const keys = Object.keys(root)
  if (keys.every((key) => topLevel.has(key) || key.startsWith('x-'))) return {}
  // Version 1 had the services at the top.
  return Object.values(root).every(runs) ? root : 'shape'
}
