import { asMapping, asString, defined, type Mapping } from '../shape.ts'
import { isTrue } from './flags.ts'
import { resolve, splitOutside } from './interpolation.ts'

/** An entry of `volumes`, of either syntax. */
export interface Mount {
  kind: 'bind' | 'volume' | 'anonymous' | 'tmpfs' | 'other'
  source?: string
  target: string
  readOnly: boolean
  computed: boolean
  absolute: boolean
  byVolume: boolean
  engineSocket: boolean
  sensitive: boolean
}

const engineSockets = /(^|\/)(docker|containerd|podman|crio)\.sock$|^\/\/\.\/pipe\/docker_engine$/

/** Whole directories whose loss or change takes the host down or hands it over. */
const whole = new Set(
  '/ /bin /boot /dev /etc /home /lib /lib64 /media /mnt /opt /proc /root /run /sbin /srv /sys /usr /var /var/lib /var/log /var/run /var/spool'.split(
    ' ',
  ),
)

/** Below these every path is the host's own. */
const roots = [
  '/bin/',
  '/boot/',
  '/proc/',
  '/root/',
  '/sbin/',
  '/sys/',
  '/lib/',
  '/usr/bin',
  '/usr/sbin',
  '/usr/lib',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/var/lib/docker',
  '/var/lib/containerd',
  '/var/lib/kubelet',
  '/etc/shadow',
  '/etc/passwd',
  '/etc/sudoers',
  '/etc/ssh',
  '/etc/cron',
  '/etc/systemd',
  '/etc/kubernetes',
  '/etc/docker',
]

const harmless = ['/sys/fs/cgroup']

/** What a driver or a firewall in a container reads; nothing is lost while it cannot be written. */
const readable = ['/lib/modules', '/proc/cpuinfo', '/proc/meminfo']

const below = (path: string, list: readonly string[]): boolean => list.some((start) => path.startsWith(start))

const isSensitive = (path: string, readOnly: boolean): boolean => {
  const clean = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
  if (whole.has(clean)) return clean !== '/media' && clean !== '/mnt' && clean !== '/srv' && clean !== '/opt'
  if (/^(~|\$HOME|\$\{HOME\})\/?$|\/\.(ssh|aws|kube|docker)(\/|$)/.test(path)) return true
  if (below(clean, harmless) || (readOnly && below(clean, readable))) return false
  return below(clean, roots)
}

const bind = (source: string, target: string, readOnly: boolean): Mount => {
  const { text, computed } = resolve(source)
  // Where the source comes from outside, what it becomes in the container tells.
  const engineSocket = engineSockets.test(text) || (computed && engineSockets.test(target))
  const known = /^\$\{?HOME\}?(\/|$)/.test(source)
  return {
    kind: 'bind',
    source: text === '' ? source : text,
    target,
    readOnly,
    computed: computed && !known,
    absolute: text.startsWith('/') || text.startsWith('~') || known,
    byVolume: false,
    engineSocket,
    sensitive: !engineSocket && isSensitive(known ? source : text, readOnly),
  }
}

const isPath = (source: string): boolean => /^[./~]|^[A-Za-z]:\\/.test(source)

const other = (kind: Mount['kind'], target: string, source?: string): Mount =>
  defined({
    kind,
    source,
    target,
    readOnly: false,
    computed: false,
    absolute: false,
    byVolume: false,
    engineSocket: false,
    sensitive: false,
  })

/** The directory that a named volume is bound to by its driver's options, if any. */
const boundTo = (volumes: Mapping | undefined, name: string): string | undefined => {
  const options = asMapping(asMapping(volumes?.[name])?.['driver_opts'])
  const device = asString(options?.['device']) ?? asString(options?.['mountpoint'])
  if (device === undefined) return undefined
  const { text, computed } = resolve(device)
  return isPath(text) || computed ? device : undefined
}

/** A named volume of the file's own top-level mapping, where it is a directory of the host. */
export const boundVolume = (
  volumes: Mapping,
  name: string,
): { source: string; computed: boolean; absolute: boolean; external: boolean } | undefined => {
  const device = boundTo(volumes, name)
  if (device === undefined) return undefined
  const { source = device, computed, absolute } = bind(device, '', false)
  const external = asMapping(volumes[name])?.['external']
  return { source, computed, absolute, external: external !== undefined && external !== false }
}

const named = (source: string, target: string, readOnly: boolean, volumes: Mapping | undefined): Mount => {
  const device = boundTo(volumes, source)
  return device === undefined ? other('volume', target, source) : { ...bind(device, target, readOnly), byVolume: true }
}

const shortMount = (text: string, volumes: Mapping | undefined): Mount => {
  const parts = splitOutside(text, ':')
  // C:\data is a source with a colon of its own.
  if (/^[A-Za-z]$/.test(parts[0] ?? '') && parts[1]?.startsWith('\\') === true)
    parts.splice(0, 2, `${parts[0] ?? ''}:${parts[1]}`)
  const [source = '', target, mode = ''] = parts
  if (target === undefined) return other('anonymous', source)
  const readOnly = mode.split(',').includes('ro')
  const { text: resolved, computed } = resolve(source)
  if (isPath(resolved) || computed) return bind(source, target, readOnly)
  return named(resolved, target, readOnly, volumes)
}

/** Reads one entry of a service's `volumes`; `volumes` is the file's own top-level mapping. Undefined for what is none. */
export const parseMount = (value: unknown, volumes: Mapping | undefined): Mount | undefined => {
  const text = asString(value)
  if (text !== undefined) return shortMount(text, volumes)
  const mapping = asMapping(value)
  if (mapping === undefined) return undefined
  const source = asString(mapping['source']) ?? asString(mapping['src'])
  const target = asString(mapping['target']) ?? asString(mapping['dst']) ?? asString(mapping['destination']) ?? ''
  const readOnly = isTrue(mapping['read_only'])
  const type = asString(mapping['type'])
  if (type === 'tmpfs') return other('tmpfs', target)
  if (source === undefined) return other('anonymous', target)
  if (type === 'bind') return bind(source, target, readOnly)
  return type === 'volume' ? named(source, target, readOnly, volumes) : other('other', target, source)
}
