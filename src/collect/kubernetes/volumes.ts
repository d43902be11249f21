import { asBoolean, asList, asMapping, asString, asText, defined, type Mapping } from '../shape.ts'
import { isNodeAgent } from './node-agent.ts'
import type { KubernetesObject } from './objects.ts'
import type { Workload } from './workloads.ts'
import type { World } from './world.ts'

/** Folders of the node that let a pod read its secrets or take it over, with what is below them. */
const sensitiveFolders = [
  '/bin',
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/lib64',
  '/proc',
  '/root',
  '/run',
  '/sbin',
  '/sys',
  '/usr',
  '/var/lib',
  '/var/run',
  '/home',
]

const runtimeSockets = [
  '/var/run/docker.sock',
  '/run/docker.sock',
  '/var/run/containerd/containerd.sock',
  '/run/containerd/containerd.sock',
  '/var/run/crio/crio.sock',
  '/run/crio/crio.sock',
  '/var/run/podman/podman.sock',
  '/run/podman/podman.sock',
]

const tidy = (path: string): string => (path.length > 1 ? path.replace(/\/{1,9}$/, '') : path)

const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`)

const isSensitive = (path: string): boolean =>
  path === '/' || path === '/var' || sensitiveFolders.some((folder) => isBelow(path, folder))

const isRuntimeSocket = (path: string): boolean =>
  runtimeSockets.some(
    (socket) => path === socket || (path.length > 1 && socket.slice(0, socket.lastIndexOf('/')) === path),
  )

const typeOf = (volume: Mapping): string => Object.keys(volume).find((key) => key !== 'name') ?? 'emptyDir'

const isWritten = (name: string, { containers }: Workload): boolean =>
  containers.some(({ value }) =>
    (asList(value['volumeMounts']) ?? []).some((item) => {
      const mount = asMapping(item)
      return mount?.['name'] === name && asBoolean(mount['readOnly']) !== true
    }),
  )

/** The kernel, certificates of authorities and time zones: nobody's secrets, and nothing is lost while they are only read. */
const readable = [
  '/boot',
  '/etc/ca-certificates',
  '/etc/localtime',
  '/etc/pki/ca-trust',
  '/etc/ssl/certs',
  '/lib/modules',
  '/usr/lib/modules',
  '/usr/share/ca-certificates',
  '/usr/share/zoneinfo',
  '/usr/src',
]

const hostPathFields = (
  path: string | undefined,
  writable: boolean,
): { hostPath?: string; sensitive: boolean; publicRead: boolean; runtimeSocket: boolean } => {
  if (path === undefined) return { sensitive: false, publicRead: false, runtimeSocket: false }
  const clean = tidy(path)
  const publicRead = !writable && readable.some((folder) => isBelow(clean, folder))
  return {
    hostPath: path,
    sensitive: isSensitive(clean) && !publicRead,
    publicRead,
    runtimeSocket: isRuntimeSocket(clean),
  }
}

/** Emits one fact for each volume of a pod template. */
export const emitVolumes = (workload: Workload, { sink }: World): void => {
  for (const item of asList(workload.pod['volumes']) ?? []) {
    const volume = asMapping(item)
    if (volume === undefined) continue
    const name = asText(volume['name']) ?? ''
    const type = typeOf(volume)
    const source = asMapping(volume[type])
    const writable = isWritten(name, workload)
    sink.fact({
      kind: 'kubernetes.volume',
      subject: `${workload.id} volume ${name}`.trim(),
      place: workload.object.document.at(volume),
      value: defined({
        name,
        workload: workload.id,
        workloadKind: workload.kind,
        namespace: workload.object.namespace,
        nodeAgent: isNodeAgent(workload.object),
        type,
        ...hostPathFields(type === 'hostPath' ? asString(source?.['path']) : undefined, writable),
        writable,
        sizeLimited: asText(source?.['sizeLimit']) !== undefined,
      }),
    })
  }
}

/** A PersistentVolume on a host path is the host's folder by another name. */
export const emitPersistentVolume = (object: KubernetesObject, { sink }: World): void => {
  const source = asMapping(object.spec['hostPath'])
  if (source === undefined) return
  const modes = asList(object.spec['accessModes']) ?? []
  const writable = modes.length === 0 || modes.some((mode) => mode !== 'ReadOnlyMany')
  sink.fact({
    kind: 'kubernetes.volume',
    subject: object.id,
    place: object.document.at(object.spec, 'hostPath'),
    value: defined({
      name: object.name,
      workload: object.id,
      workloadKind: object.kind,
      namespace: object.namespace,
      nodeAgent: false,
      type: 'hostPath',
      ...hostPathFields(asString(source['path']), writable),
      writable,
      sizeLimited: false,
    }),
  })
}
