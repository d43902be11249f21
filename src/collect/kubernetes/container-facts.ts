import { asList, asMapping, asNumber, asText, defined, type Mapping } from '../shape.ts'
import { splitImage } from './image.ts'
import { isNodeAgent } from './node-agent.ts'
import { placesOf } from './objects.ts'
import { portsOf, probeOf } from './probes.ts'
import { isComputed } from './recognise.ts'
import { requestsWithinLimits, resourcesOf } from './resources.ts'
import { hiddenFolders } from './mounts.ts'
import { securityOf } from './security.ts'
import { flag, type PodContainer, type Workload } from './workloads.ts'
import type { World } from './world.ts'

const imageOf = (
  container: Mapping,
  world: World,
): Pick<
  { imageName: string; imageComputed: boolean; imageSetElsewhere: boolean; pullPolicy: string },
  'imageName' | 'imageComputed' | 'imageSetElsewhere' | 'pullPolicy'
> & { image: string | undefined; imageTag: string | undefined; imageDigest: string | undefined } => {
  const text = asText(container['image'])
  const image = text === '' ? undefined : text?.trim()
  const { name, tag, digest } = splitImage(image ?? '')
  const moving = digest === undefined && (tag === undefined || tag === 'latest')
  return {
    image,
    imageName: name,
    imageTag: tag,
    imageDigest: digest,
    imageComputed: image !== undefined && (isComputed(image) || image.startsWith('$')),
    imageSetElsewhere: world.kustomized.images.has(name) || (image !== undefined && world.kustomized.images.has(image)),
    pullPolicy: asText(container['imagePullPolicy']) ?? (moving ? 'Always' : 'IfNotPresent'),
  }
}

const repeated = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
]

const missingVolumes = ({ value }: PodContainer, { pod, object }: Workload): string[] => {
  const names = [...(asList(pod['volumes']) ?? []), ...(asList(object.spec['volumeClaimTemplates']) ?? [])].flatMap(
    (item) => {
      const map = asMapping(item)
      return asText(map?.['name']) ?? asText(asMapping(map?.['metadata'])?.['name']) ?? []
    },
  )
  const known = new Set(names)
  return (asList(value['volumeMounts']) ?? []).flatMap((item) => {
    const name = asText(asMapping(item)?.['name'])
    return name === undefined || known.has(name) || isComputed(name) ? [] : [name]
  })
}

/** `Deployment/shop/api container web`. */
export const containerSubject = (workload: Workload, { role, name }: PodContainer): string =>
  `${workload.id} ${role === 'init' ? 'init container' : 'container'} ${name}`.trim()

/** Emits the fact of one container. */
export const emitContainer = (workload: Workload, container: PodContainer, world: World): void => {
  const { value } = container
  const { object } = workload
  const ports = portsOf(value)
  const resources = resourcesOf(value, workload.pod, world.limitRange(object.namespace))
  const longRunning = workload.longRunning && (container.role === 'main' || container.role === 'sidecar')
  const ownResources = asMapping(value['resources'])
  world.sink.fact({
    kind: 'kubernetes.container',
    subject: containerSubject(workload, container),
    place: object.document.at(value),
    places: placesOf(object.document, {
      resources: [value, 'resources'],
      limits: [ownResources, 'limits'],
      requests: [ownResources, 'requests'],
      ports: [value, 'ports'],
      securityContext: [value, 'securityContext'],
      image: [value, 'image'],
      pullPolicy: [value, 'imagePullPolicy'],
      readinessProbe: [value, 'readinessProbe'],
      livenessProbe: [value, 'livenessProbe'],
      startupProbe: [value, 'startupProbe'],
      volumeMounts: [value, 'volumeMounts'],
      privileged: [value['securityContext'], 'privileged'],
      allowPrivilegeEscalation: [value['securityContext'], 'allowPrivilegeEscalation'],
      readOnlyRootFilesystem: [value['securityContext'], 'readOnlyRootFilesystem'],
      runAsUser: [value['securityContext'], 'runAsUser'],
      runAsGroup: [value['securityContext'], 'runAsGroup'],
      procMount: [value['securityContext'], 'procMount'],
      capabilities: [value['securityContext'], 'capabilities'],
    }),
    value: defined({
      name: container.name,
      workload: workload.id,
      workloadKind: workload.kind,
      namespace: object.namespace,
      nodeAgent: isNodeAgent(object),
      role: container.role,
      longRunning,
      windows: workload.windows,
      servedBy: [...container.servedBy].sort(),
      onlyScraped: container.servedBy.size > 0 && container.scrapedBy.size === container.servedBy.size,
      ...imageOf(value, world),
      ...securityOf(workload, container),
      ...resources,
      requestsWithinLimits: requestsWithinLimits(resources),
      readinessProbe: probeOf(value, 'readinessProbe'),
      livenessProbe: probeOf(value, 'livenessProbe'),
      startupProbe: probeOf(value, 'startupProbe'),
      hostNetwork: flag(workload.pod, 'hostNetwork'),
      hostPorts: ports.flatMap(({ hostPort }) => (hostPort === undefined || hostPort === 0 ? [] : [hostPort])),
      ports: ports.map(({ number }) => number),
      duplicatePorts: repeated(ports.map(({ number, protocol }) => `${number}/${protocol}`)),
      sshPort: ports.some(({ number }) => number === 22),
      preStop: asMapping(asMapping(value['lifecycle'])?.['preStop']) !== undefined,
      hiddenFolders: hiddenFolders(value, workload.pod),
      missingVolumes: missingVolumes(container, workload),
    }),
  })
}

/** Seconds that pods get to stop; undefined where it is not written. */
export const graceSeconds = (pod: Mapping): number | undefined => asNumber(pod['terminationGracePeriodSeconds'])
