import { asBoolean, asMapping, asString, asStrings, type Mapping } from '../shape.ts'
import { flag, type PodContainer, type Workload } from './workloads.ts'
import { asCount } from './objects.ts'

const capabilities = (context: Mapping, part: 'add' | 'drop'): string[] =>
  asStrings(asMapping(context['capabilities'])?.[part]).map((name) => name.toUpperCase().replace(/^CAP_/, ''))

/** What a container has when nobody drops anything. To drop each of these is to drop ALL. */
const defaultCapabilities = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]

const dropsAll = (dropped: readonly string[]): boolean =>
  dropped.includes('ALL') || defaultCapabilities.every((name) => dropped.includes(name))

/** The annotations that set seccomp before the field existed (1.19); clusters read them until 1.27. */
const annotatedSeccomp = (workload: Workload, container: string): string | undefined => {
  const { annotations, object } = workload
  const pod = 'seccomp.security.alpha.kubernetes.io/pod'
  const text =
    annotations[`container.seccomp.security.alpha.kubernetes.io/${container}`] ??
    annotations[pod] ??
    object.annotations[pod]
  if (text === undefined) return undefined
  if (text.startsWith('localhost/')) return 'Localhost'
  return text === 'unconfined' ? 'Unconfined' : 'RuntimeDefault'
}

const seccompOf = (context: Mapping): string | undefined => asString(asMapping(context['seccompProfile'])?.['type'])

/** What a container runs as and may do: its own word, then the pod's, then what Kubernetes does without a word. */
export const securityOf = (
  workload: Workload,
  container: PodContainer,
): {
  runAsNonRoot: boolean | undefined
  runAsUser: number | undefined
  runAsGroup: number | undefined
  privileged: boolean
  allowPrivilegeEscalation: boolean
  readOnlyRootFilesystem: boolean
  capabilitiesAdded: string[]
  capabilitiesDropped: string[]
  dropsAll: boolean
  seccomp: string | undefined
  procMount: string | undefined
} => {
  const pod = asMapping(workload.pod['securityContext']) ?? {}
  const own = asMapping(container.value['securityContext']) ?? {}
  return {
    runAsNonRoot: asBoolean(own['runAsNonRoot']) ?? asBoolean(pod['runAsNonRoot']),
    runAsUser: asCount(own['runAsUser']) ?? asCount(pod['runAsUser']),
    runAsGroup: asCount(own['runAsGroup']) ?? asCount(pod['runAsGroup']),
    privileged: flag(own, 'privileged'),
    allowPrivilegeEscalation: asBoolean(own['allowPrivilegeEscalation']) ?? true,
    readOnlyRootFilesystem: flag(own, 'readOnlyRootFilesystem'),
    capabilitiesAdded: capabilities(own, 'add'),
    capabilitiesDropped: capabilities(own, 'drop'),
    dropsAll: dropsAll(capabilities(own, 'drop')),
    seccomp: seccompOf(own) ?? seccompOf(pod) ?? annotatedSeccomp(workload, container.name),
    procMount: asString(own['procMount']),
  }
}
