import type { Collected, Sink } from '../collector.ts'
import type { FoundDump } from './dumps.ts'
import type { Reading } from './reading.ts'
import { nameOf, type Script } from './script.ts'

/** Whether a script says that what it makes are backups: dumps are also made to move data, or to test. */
const isBackupScript = ({ path }: Script): boolean =>
  /back-?_?ups?/i.test(path) && !/(?:^|\/)(?:tests?|fixtures|examples?)\//.test(path)

const archiveTest =
  /\b(?:gzip|pigz|xz|bzip2|zstd|lz4)\s+(?:-\w*t\w*|--test)\b|\bgunzip\s+-t\b|\btar\s+-?\w*t\w*z?f|\bunzip\s+-t/
const restoreTest =
  /pg_restore\b.*(?:\s-l\b|--list)|pg_verifybackup|\bcreatedb\b|create\s+database|--drop-database|restic\s+check|restore[-_]?test|test[-_]?restore|verify[-_]?restore|mysqlcheck/i
const restoreCheckPath =
  /(?:restore|backup)[-_]?(?:test|verify|check|drill|validation)|(?:test|verify|check|validate)[-_]?(?:the[-_])?(?:restore|backup)/i
const removes =
  /-mtime|-mmin|-ctime|tail\s+-n\s*\+|head\s+-n\s*-|restic\s+forget|--keep|logrotate|lifecycle|delete-older|DeleteObject|\bprune\b|--expire|retention/i
const sends =
  /\baws\s+(?:--?\S+\s+)*s3(?:api)?\b|\bgsutil\b|\bgcloud\s+storage\b|\brclone\b|\bscp\b|\brsync\b|\brestic\b|\bborg\b|\baz\s+storage\b|\bazcopy\b|\bmc\s+(?:cp|mirror|pipe)\b|\bs3cmd\b|\bs4cmd\b|\bsftp\b|\blftp\b|\bcurl\b.*(?:-T|--upload-file)|\bb2\s|\bduplicity\b|\bkopia\b|\bwal-g\b|\bs3:\/\/|\bgs:\/\/|\bssh\b/

const codeOf = (script: Script): string[] =>
  script.lines.filter((line) => !/^\s*#/.test(line) && !/^\s*(?:echo|printf|log\w*)\b/.test(line))

const loops = (script: Script): boolean =>
  script.steps.some(({ words }) => words[0] === 'sleep' || words[1] === 'sleep') &&
  script.steps.some(({ words }) => words[0] === 'while' && /^(?:true|:|1)$/.test(words[1] ?? ''))

/** Emits a script that makes backups, with what becomes of them. */
export const emitBackup = (
  script: Script,
  dumps: readonly FoundDump[],
  reading: Reading,
  collected: Collected,
  sink: Sink,
): void => {
  const [first] = dumps
  if (first === undefined || !isBackupScript(script)) return
  const name = nameOf(script.path)
  const code = codeOf(script)
  const says = (pattern: RegExp): boolean => code.some((line) => pattern.test(line))
  const others = reading.scripts.filter(
    (other) =>
      other !== script && (/back-?_?up|restore/i.test(other.path) || other.lines.some((line) => line.includes(name))),
  )
  const setsCron = [script, ...others].some((other) => other.steps.some(({ words }) => words.includes('crontab')))
  const tested = archiveTestLine(script)
  const verified =
    says(restoreTest) ||
    others.some((other) => restoreCheckPath.test(other.path) || codeOf(other).some((line) => restoreTest.test(line))) ||
    collected.tree.files.some(({ path }) => restoreCheckPath.test(path) && !/\.(?:md|txt)$/.test(path))
  sink.fact({
    kind: 'operations.backup',
    subject: `script ${script.path}`,
    place: { path: script.path, line: first.line, column: 1 },
    places: {
      script: { path: script.path, line: 1, column: 1 },
      test: { path: script.path, line: tested ?? first.line, column: 1 },
    },
    value: {
      tool: first.tool,
      scheduled: loops(script) || setsCron || reading.clocks.some((text) => text.includes(name)),
      verified: verified ? 'restore' : tested === undefined ? 'none' : 'archive',
      removesOld: says(removes) || says(sends),
      leavesHost:
        says(sends) ||
        others.some((other) => codeOf(other).some((line) => sends.test(line))) ||
        reading.mechanisms.has('off-site copy'),
    },
  })
}

const archiveTestLine = (script: Script): number | undefined => {
  const at = script.lines.findIndex((line) => archiveTest.test(line) && !/^\s*#/.test(line))
  return at < 0 ? undefined : at + 1
}

/** Tools and services that make backups, by how files name them. */
const mechanisms: readonly [string, RegExp][] = [
  ['pg_dump', /\bpg_dump(?:all)?\b|\bpg_basebackup\b/],
  ['mysqldump', /\bmysqldump\b|\bmariadb-dump\b|\bmariabackup\b|\bxtrabackup\b|\bmydumper\b/],
  ['mongodump', /\bmongodump\b/],
  ['WAL archive', /\bwal-g\b|\bwal-e\b|\bpgbackrest\b|\bbarman\b|\barchive_command\b|\blitestream\b/i],
  ['Velero', /\bvelero\b/i],
  [
    'volume backup',
    /\brestic\b|\bborg(?:matic|backup)?\b|\bkopia\b|\bduplicity\b|docker-volume-backup|\bvolsync\b|\bk8up\b|\bstash\.appscode\b|\bkasten\b|\blonghorn\b/i,
  ],
  [
    'snapshots',
    /\bVolumeSnapshot\b|\bbackup_retention_period\b|\baws_backup_\w+|\bsnapshot_retention\w*|\bbackup_window\b|\baws_dlm_lifecycle_policy\b|\bbackup_configuration\b|\bgoogle_compute_resource_policy\b|\bazurerm_backup\w*|\bfinal_snapshot\w*|\bcreate-snapshot\b|\bDeletionPolicy:\s*Snapshot/,
  ],
  ['backup image', /image[ \t]*:[ \t]*["']?\S*(?:backup|dump)\S*/i],
  [
    'operator backup',
    /^kind[ \t]*:[ \t]*["']?(?:ScheduledBackup|Backup|BackupSchedule|PerconaServerMongoDBBackup|PostgresCluster)\b|\bbarmanObjectStore\b|\bbackups:\s*\n\s+pgbackrest/m,
  ],
  ['off-site copy', /\brclone\b|\bs3cmd\b/],
]

/** Notes what in a text makes backups. */
export const noteMechanisms = (text: string, reading: Reading): void => {
  for (const [name, pattern] of mechanisms)
    if (!reading.mechanisms.has(name) && pattern.test(text)) reading.mechanisms.add(name)
}

/** Databases whose content cannot be made again from somewhere else. */
const lasting = new Set([
  'PostgreSQL',
  'MySQL',
  'MariaDB',
  'MongoDB',
  'CouchDB',
  'Couchbase',
  'Neo4j',
  'SQL Server',
  'Oracle',
  'ArangoDB',
  'SurrealDB',
  'RethinkDB',
  'CockroachDB',
  'Cassandra',
  'ScyllaDB',
])
const lastingImage =
  /(?:^|\/)(postgres(?:ql)?|postgis|timescaledb|mysql|mysql-server|mariadb|mongo|mongodb|couchdb|neo4j)(?::|@|$)/i

const notDeployed =
  /(?:^|\/)(?:examples?|samples?|demos?|tests?|e2e|cypress|playwright|integration|fixtures|testdata|docs?|dev|local|\.devcontainer|\.github)\//i

/** Emits the databases that the repository runs to stay, and everything that makes backups of any. */
export const emitDatastores = (reading: Reading, collected: Collected, sink: Sink): void => {
  const volumes = new Set(
    collected
      .of('compose.mount')
      .filter(
        ({ value }) =>
          (value.kind === 'volume' || value.kind === 'bind') && /\/(?:data|db|lib|bitnami|var)\b/.test(value.target),
      )
      .map(({ value, place }) => `${place.path}\n${value.service}`),
  )
  const composed = collected
    .of('compose.service')
    .filter(
      ({ value, place }) =>
        lasting.has(value.product ?? '') &&
        value.purpose !== 'development' &&
        !notDeployed.test(place.path) &&
        (value.restart === 'always' ||
          value.restart === 'unless-stopped' ||
          value.swarm ||
          value.purpose === 'production') &&
        volumes.has(`${place.path}\n${value.name}`),
    )
    .map(({ value, place, subject }) => ({ product: value.product ?? '', place, subject }))
  const stateful = new Set(
    collected
      .of('kubernetes.workload')
      .filter(({ value }) => value.kind === 'StatefulSet')
      .map(({ value }) => value.id),
  )
  const clustered = collected
    .of('kubernetes.container')
    .filter(
      ({ value, place }) =>
        stateful.has(value.workload) && lastingImage.test(value.image ?? '') && !notDeployed.test(place.path),
    )
    .map(({ value, place, subject }) => ({ product: lastingImage.exec(value.image ?? '')?.[1] ?? '', place, subject }))
  const all = [...composed, ...clustered].sort((a, b) =>
    a.place.path < b.place.path ? -1 : a.place.path > b.place.path ? 1 : a.place.line - b.place.line,
  )
  const [first] = all
  if (first === undefined) return
  const named = collected.tree.files.filter(
    ({ path }) =>
      /back-?_?ups?|pgbackrest|velero|restic|litestream/i.test(path) &&
      !/\.(?:md|mdx|rst|adoc|txt|sql|gz|dump|bak|png|svg)$/i.test(path) &&
      !/\.tsx?$|node_modules\//.test(path),
  )
  sink.fact({
    kind: 'operations.datastores',
    subject: first.subject,
    place: first.place,
    value: {
      products: [...new Set(all.map(({ product }) => product))],
      backups: [
        ...[...reading.mechanisms].filter((name) => name !== 'off-site copy').sort(),
        ...named.slice(0, 5).map(({ path }) => path),
      ],
    },
  })
}
