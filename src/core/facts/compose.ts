import * as z from 'zod'
import { defineFact } from './define.ts'

const purpose = z
  .enum(['production', 'development', 'unspecified'])
  .describe('What the name of the file says that it is for: compose.prod.yaml, docker-compose.override.yml, ...')

const service = z.string().describe('The name of the service')

export const composeFile = defineFact({
  topic: 'compose',
  variable: 'file',
  description: 'One Docker Compose file.',
  schema: z.object({
    purpose,
    version: z.string().optional().describe('The obsolete top-level version key'),
    services: z.number(),
  }),
})

export const composeService = defineFact({
  topic: 'compose',
  variable: 'service',
  description: 'One service, with what it extends, and what an override for production in the same folder adds to it.',
  schema: z.object({
    name: service,
    purpose,
    partial: z.boolean().describe('Has neither image nor build: it only adds to a service of another file'),
    incomplete: z
      .boolean()
      .describe('Extends a service that is not in the repository, so that settings may be missing'),
    job: z.boolean().describe('Runs once and ends: a migration, or what others wait for to complete'),
    swarm: z.boolean().describe('Is written for Swarm: deploy has a mode, placement or update_config'),
    product: z.string().optional().describe('The well-known product that the image is: PostgreSQL, Grafana, ...'),
    role: z
      .enum(['datastore', 'admin', 'host-agent', 'socket-proxy', 'other'])
      .describe('What the product is. A host-agent watches the machine it runs on, such as node-exporter'),
    built: z.boolean().describe('Is built here, so that the image is only a name for the result'),
    image: z
      .object({
        name: z.string().describe('As written'),
        tag: z.string().optional(),
        digest: z.boolean(),
        computed: z.boolean().describe('Comes from a variable without a default'),
        floating: z.boolean().describe('The tag names no version: latest, stable, alpine'),
        endOfLife: z
          .string()
          .optional()
          .describe('The day (ISO 8601) after which the version gets no security fixes, where it is known'),
      })
      .optional(),
    healthcheck: z.enum(['set', 'disabled', 'none']),
    healthcheckAlwaysPasses: z.boolean(),
    healthcheckPrograms: z
      .array(z.string())
      .describe('What the healthcheck starts: its first program, and `sh` for text that a shell runs'),
    healthcheckMissing: z.array(z.string()).describe('Those of them that the image it is built from is known to lack'),
    imageHealthcheck: z.boolean().describe('Whether the Dockerfile that it is built with has a HEALTHCHECK'),
    memoryLimit: z.boolean(),
    cpuLimit: z.boolean(),
    pidsLimit: z.boolean(),
    restart: z
      .enum(['always', 'unless-stopped', 'on-failure', 'no', 'none', 'computed'])
      .describe('The policy of restart, or of deploy.restart_policy; none where neither is written'),
    restartAttempts: z.number().optional().describe('The largest number of attempts that on-failure makes'),
    replicas: z.number(),
    containerName: z.string().optional(),
    privileged: z.boolean(),
    hostNetwork: z.boolean(),
    hostNamespaces: z.array(z.string()).describe('Of pid, ipc, userns, uts and cgroup, those of the host'),
    capabilitiesAdded: z.array(z.string()).describe('In capitals and without CAP_'),
    capabilitiesDropped: z.array(z.string()).describe('In capitals and without CAP_'),
    noNewPrivileges: z.boolean(),
    confinementOff: z.array(z.string()).describe('Of seccomp, apparmor and label, those that are switched off'),
    readOnly: z.boolean().describe('The root file system cannot be written'),
    user: z.string().optional(),
  }),
})

export const composePort = defineFact({
  topic: 'compose',
  variable: 'port',
  description: 'One published port, or range of ports, of a service.',
  schema: z.object({
    service,
    purpose,
    text: z.string().describe('As written, or published:target for the long syntax'),
    target: z.number().optional().describe('The port in the container, or the first of a range'),
    published: z.number().optional().describe('The port on the host, or the first of a range'),
    publishedCount: z.number().describe('How many ports of the host; 0 where Docker chooses a free one'),
    protocol: z.string(),
    hostIp: z.string().optional(),
    allInterfaces: z.boolean().describe('Reachable on every interface of the host'),
    computed: z.boolean().describe('The interface, or the whole entry, comes from a variable without a default'),
    hostNetwork: z.boolean().describe('The service uses the network of the host, and its ports are ignored'),
    product: z.string().optional().describe('What answers on this port: PostgreSQL, Grafana, ...'),
    role: z.enum(['datastore', 'admin', 'other']).describe('Whether what answers is a datastore or an admin interface'),
    replicas: z.number(),
    swarm: z.boolean(),
  }),
})

export const composeMount = defineFact({
  topic: 'compose',
  variable: 'mount',
  description: 'One volume or bind mount of a service.',
  schema: z.object({
    service,
    purpose,
    role: z.string().describe('The role of the product that the image is'),
    kind: z.enum(['bind', 'volume', 'anonymous', 'tmpfs', 'other']),
    source: z.string().optional().describe('Path on the host, or name of the volume'),
    target: z.string(),
    readOnly: z.boolean(),
    computed: z.boolean().describe('The source comes from a variable without a default'),
    absolute: z.boolean().describe('The source is an absolute path, or below the home directory'),
    byVolume: z.boolean().describe('The source is that of a named volume, which is a fact of its own (compose.volume)'),
    engineSocket: z.boolean().describe('The socket of Docker, containerd or Podman'),
    sensitive: z.boolean().describe('A directory that the host itself lives by: /, /etc, /proc, /var/lib/docker, ...'),
  }),
})

export const composeVolume = defineFact({
  topic: 'compose',
  variable: 'volume',
  description: 'One named volume of the top-level `volumes` that its driver binds to a directory of the host.',
  schema: z.object({
    name: z.string(),
    purpose,
    source: z.string().describe('The directory'),
    computed: z.boolean().describe('The directory comes from a variable without a default'),
    absolute: z.boolean(),
    external: z.boolean().describe('Somebody else makes it, and its options here count for nothing'),
  }),
})

export const composeCredential = defineFact({
  topic: 'compose',
  variable: 'credential',
  description: 'A password, token, key or address with a password that a service is given. Never its value.',
  schema: z.object({
    service,
    purpose,
    name: z.string().describe('The variable or option: POSTGRES_PASSWORD, --requirepass'),
    from: z.enum(['environment', 'build-arg', 'command', 'healthcheck', 'config', 'image-default']),
    form: z
      .enum(['literal', 'fallback', 'reference', 'file', 'empty', 'absent'])
      .describe('fallback: a literal that is used when the variable is not set, as in ${X:-admin}'),
    url: z.boolean().describe('Is part of an address or a connection string'),
    guessable: z.boolean().describe('A well-known default, a placeholder, or the name of the user'),
    administrator: z.string().describe('The product whose administrator it is for: Grafana, Keycloak, ...; else empty'),
  }),
})

export const composeSetting = defineFact({
  topic: 'compose',
  variable: 'setting',
  description: 'A setting whose meaning for production is known: the mode of a framework, authentication switched off.',
  schema: z.object({
    service,
    purpose,
    name: z.string().describe('The variable, or command'),
    value: z.string().describe('Its value, or what of the command says so'),
    about: z.enum(['mode', 'authentication']),
    computed: z.boolean(),
    unsafe: z.boolean().describe('mode: it is for development; authentication: it is off'),
  }),
})

export const composeDatabaseServer = defineFact({
  topic: 'compose',
  variable: 'server',
  description: 'A service that runs PostgreSQL, and what its image creates when its data directory is new.',
  schema: z.object({
    service,
    purpose,
    superuser: z.string().describe('POSTGRES_USER, or postgres where it is not set'),
    superuserComputed: z.boolean().describe('Comes from a variable without a default'),
    database: z.string().describe('POSTGRES_DB, or the name of the superuser'),
    databaseComputed: z.boolean(),
    official: z.boolean().describe('The official image, or one that is known to behave like it'),
  }),
})

export const composeDatabaseLogin = defineFact({
  topic: 'compose',
  variable: 'login',
  description: 'The user and the database with which a service logs in to PostgreSQL. Never a password.',
  schema: z.object({
    service,
    purpose,
    variable: z.string().describe('The variable that says the user: DB_USER, DATABASE_URL'),
    user: z.string(),
    host: z.string().describe('The name of the service that is logged in to'),
    database: z.string().optional(),
  }),
})
