import type { TextFile } from '../collector.ts'
import { containerSubject } from '../kubernetes/container-facts.ts'
import { isHelmTemplate } from '../kubernetes/helm.ts'
import { mappingsOf, objectsOf } from '../kubernetes/objects.ts'
import { isComputed, isForeignPath } from '../kubernetes/recognise.ts'
import { workloadOf, type PodContainer, type Workload } from '../kubernetes/workloads.ts'
import { asMapping, asText } from '../shape.ts'
import type { Tree } from '../tree.ts'
import type { Asked, Deployed, SetVariable } from './deployed.ts'

const probes = { livenessProbe: 'liveness', readinessProbe: 'readiness', startupProbe: 'startup' } as const

const askedOf = ({ value }: PodContainer, { object }: Workload): Asked[] =>
  Object.entries(probes).flatMap(([key, probe]) => {
    const action = asMapping(asMapping(value[key])?.['httpGet'])
    const path = asText(action?.['path'])
    if (action === undefined || path === undefined || isComputed(path) || action['host'] !== undefined) return []
    return [{ probe, path, place: object.document.at(action, 'path') }]
  })

const variablesOf = ({ value }: PodContainer, { object }: Workload): SetVariable[] =>
  mappingsOf(value['env']).flatMap((item) => {
    const name = asText(item['name'])
    if (name === undefined) return []
    const text = asText(item['value'])
    return [{ name, value: text, place: object.document.at(item) }]
  })

/** The annotations by which Prometheus finds a pod; whichever container it is. */
const scrapeOf = (workload: Workload): Deployed['scrape'] => {
  const { annotations, object, containers } = workload
  if (annotations['prometheus.io/scrape'] !== 'true' || containers.filter(({ role }) => role === 'main').length !== 1)
    return undefined
  const holder = annotationsMap(workload)
  const path = annotations['prometheus.io/path']
  if (path !== undefined && isComputed(path)) return undefined
  const key = path === undefined ? 'prometheus.io/scrape' : 'prometheus.io/path'
  return { path: path ?? '/metrics', place: object.document.at(holder, key) }
}

const annotationsMap = ({ object }: Workload): unknown => {
  const template = object.kind === 'Pod' ? object.value : asMapping(object.spec['template'])
  return asMapping(asMapping(template?.['metadata'])?.['annotations'])
}

const containerOf = (workload: Workload, container: PodContainer): Deployed => {
  const { value, name, role } = container
  const { env: _, livenessProbe: _l, readinessProbe: _r, ...rest } = value
  return {
    by: 'kubernetes',
    subject: containerSubject(workload, container),
    path: workload.path,
    place: workload.object.document.at(value, 'env'),
    image: asText(value['image']),
    build: undefined,
    computed: isComputed(asText(value['image']) ?? ''),
    names: [workload.object.name, name],
    asked: askedOf(container, workload),
    variables: variablesOf(container, workload),
    openEnvironment: value['envFrom'] !== undefined,
    rest: JSON.stringify(rest) + JSON.stringify(mappingsOf(value['env']).map((item) => item['value'])),
    scrape: role === 'main' ? scrapeOf(workload) : undefined,
  }
}

/** The containers of a manifest whose workloads can be read without rendering. */
export const readKubernetes = (file: TextFile, tree: Tree): Deployed[] => {
  if (isForeignPath(file.path) || isHelmTemplate(file.path, tree)) return []
  let documents
  try {
    documents = file.yaml('1.1').documents
  } catch {
    // An unrendered template, which the collector of manifests reports.
    return []
  }
  return documents
    .flatMap((document) => objectsOf(document))
    .flatMap((object) => {
      const workload = workloadOf(object)
      if (workload === undefined) return []
      return workload.containers.map((container) => containerOf(workload, container))
    })
}
