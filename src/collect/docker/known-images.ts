import type { ImageReference } from './image-reference.ts'

/** What is known of an image without pulling it. Absent means that nobody here knows. */
export interface KnownImage {
  user?: 'root' | 'other'
  /** Programs that it has, of those that health checks use. */
  tools?: readonly string[]
}

/** The programs whose absence the table can tell. */
export const judgedTools: readonly string[] = ['sh', 'bash', 'curl', 'wget', 'nc']

/** Clients that start scripts call and that no image of a language has, each with the packages that bring it. */
export const clients: Readonly<Record<string, RegExp>> = {
  psql: /^(?:postgresql|postgresql-?(?:[\d.]+-)?client.*|postgresql-client-common)$/,
  pg_dump: /^(?:postgresql|postgresql-?(?:[\d.]+-)?client.*)$/,
  pg_dumpall: /^(?:postgresql|postgresql-?(?:[\d.]+-)?client.*)$/,
  pg_restore: /^(?:postgresql|postgresql-?(?:[\d.]+-)?client.*)$/,
  pg_isready: /^(?:postgresql|postgresql-?(?:[\d.]+-)?client.*)$/,
  mysql: /^(?:default-mysql-client.*|mysql.*|mariadb.*)$/,
  mysqladmin: /^(?:default-mysql-client.*|mysql.*|mariadb.*)$/,
  mysqldump: /^(?:default-mysql-client.*|mysql.*|mariadb.*)$/,
  mongodump: /^mongo.*$/,
  mongosh: /^mongo.*$/,
  'redis-cli': /^(?:redis.*|valkey.*)$/,
  jq: /^jq$/,
  aws: /^(?:aws-?cli.*|awscliv2)$/,
  supervisord: /^supervisor$/,
  envsubst: /^gettext.*$/,
  gosu: /^gosu$/,
  'su-exec': /^su-exec$/,
  tini: /^tini.*$/,
  'dumb-init': /^dumb-init$/,
}

/** Whether an image of a datastore or a server may have such a client though nothing installs it. */
export const bringsClient = ({ repository }: ImageReference, tool: string): boolean =>
  !/^(?:alpine|debian|ubuntu|busybox|node|python|golang|ruby|rust|openjdk|eclipse-temurin|amazoncorretto|gcr\.io\/distroless\/.+|nginx|php|mcr\.microsoft\.com\/dotnet\/.+)$/.test(
    repository,
  ) ||
  (repository === 'nginx' && tool === 'envsubst')

const nothing: readonly string[] = []
const busybox = ['sh', 'wget', 'nc']
const debian = ['sh', 'bash']
const buildpack = ['sh', 'bash', 'curl', 'wget']
const redhat = ['sh', 'bash', 'curl']

const saysNonRoot = /non-?root|unprivileged|rootless/i

/** Images whose publishers set another user than root. */
const otherUser =
  /^(?:nginxinc\/nginx-unprivileged|(?:public\.ecr\.aws\/)?bitnami(?:legacy|secure)?\/.+|quay\.io\/keycloak\/.+|jenkins\/(?:jenkins|agent|inbound-agent)|grafana\/.+|(?:quay\.io\/prometheus|prom)\/.+|sonarqube|apache\/(?:airflow|superset|kafka)|jupyter\/.+|quay\.io\/jupyter\/.+|registry\.access\.redhat\.com\/ubi\d+\/(?:nodejs|python|openjdk|php|ruby|go-toolset|nginx|httpd).*|docker\.elastic\.co\/.+|opensearchproject\/.+|memcached|hasura\/.+|mcr\.microsoft\.com\/mssql\/server|curlimages\/curl|dhi\.io\/.+)$/

/** Images that are known to start as root unless a Dockerfile says otherwise. */
const rootUser =
  /^(?:alpine|debian|ubuntu|busybox|fedora|centos|rockylinux.*|almalinux|amazonlinux|node|python|golang|ruby|rust|php|perl|openjdk|eclipse-temurin|amazoncorretto|maven|gradle|nginx|httpd|tomcat|redis|postgres|mysql|mariadb|mongo|caddy|traefik|haproxy|buildpack-deps|mcr\.microsoft\.com\/dotnet\/.+|oven\/bun|denoland\/deno)$/

const userOf = ({ repository, tag = '' }: ImageReference): KnownImage['user'] => {
  if (saysNonRoot.test(repository) || saysNonRoot.test(tag)) return 'other'
  if (/^(?:cgr\.dev|chainguard)\//.test(repository)) return repository.endsWith('wolfi-base') ? 'root' : 'other'
  if (repository.startsWith('dhi.io/')) return tag.includes('-dev') ? 'root' : 'other'
  if (repository.startsWith('mcr.microsoft.com/dotnet/') && /chiseled|distroless/.test(tag)) return 'other'
  if (otherUser.test(repository)) return 'other'
  return rootUser.test(repository) || repository.startsWith('gcr.io/distroless/') ? 'root' : undefined
}

/** Language images that come full (on buildpack-deps), slim (on Debian alone) and on Alpine. */
const languages = /^(?:node|python|golang|ruby|rust|perl)$/
const plainAlpine = /^(?:alpine|eclipse-temurin|amazoncorretto|openjdk|redis|caddy|httpd|haproxy|traefik)$/

const toolsOf = ({ repository, tag = '' }: ImageReference): KnownImage['tools'] => {
  const alpine = repository === 'alpine' || /(?:^|-)alpine/.test(tag)
  if (repository.startsWith('gcr.io/distroless/')) return tag.includes('debug') ? busybox : nothing
  if (/^(?:cgr\.dev|chainguard)\//.test(repository))
    return tag.includes('-dev') || /(?:wolfi-base|busybox|curl|bash|git|nginx)$/.test(repository) ? undefined : nothing
  if (/^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime|runtime-deps)$/.test(repository)) {
    if (/chiseled|distroless/.test(tag)) return nothing
    return alpine ? busybox : debian
  }
  if (repository === 'busybox') return busybox
  if (languages.test(repository))
    return alpine ? busybox : tag.includes('slim') ? debian : tag === '' ? undefined : buildpack
  if (repository === 'nginx')
    return alpine && tag.includes('slim') ? busybox : alpine ? [...busybox, 'curl'] : [...debian, 'curl']
  if (repository === 'php') return alpine ? [...busybox, 'curl'] : [...debian, 'curl']
  if (alpine && plainAlpine.test(repository)) return busybox
  if (repository === 'debian' || repository === 'ubuntu') return debian
  if (/^quay\.io\/keycloak\/keycloak$/.test(repository)) return debian
  if (/^(?:fedora|centos|rockylinux(?:\/.+)?|almalinux|amazonlinux)$/.test(repository)) return redhat
  if (/^registry\.access\.redhat\.com\/ubi\d+(?:\/ubi(?:-minimal)?|-minimal)?$/.test(repository)) return redhat
  return undefined
}

/** What the table knows of an image. */
export const knownImage = (image: ImageReference): KnownImage => {
  const user = userOf(image)
  const tools = toolsOf(image)
  return { ...(user === undefined ? {} : { user }), ...(tools === undefined ? {} : { tools }) }
}
