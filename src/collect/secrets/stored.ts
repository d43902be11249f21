import { startOf } from '../../core/facts/place.ts'
import type { FactValue } from '../../core/facts/index.ts'
import type { WorkspaceFile } from '../../ports/workspace.ts'
import type { Sink, TextFile } from '../collector.ts'
import type { Tree } from '../tree.ts'
import { whereOf } from './where.ts'

type Kind = FactValue<'secrets.stored'>['kind']

const byName: readonly [RegExp, Kind, string][] = [
  [/\.(?:p12|pfx|jks|keystore|bks|kdbx)$/i, 'key-store', 'a key store'],
  [/\.ppk$/i, 'private-key', 'a PuTTY private key'],
  [/(?:^|\/)id_(?:rsa|dsa|ecdsa|ed25519)$/, 'private-key', 'an SSH private key'],
  [
    /(?:^|\/)(?:\.pgpass|\.netrc|_netrc|\.git-credentials|\.htpasswd|\.my\.cnf|\.dockercfg)$|(?:^|\/)\.docker\/config\.json$|(?:^|\/)\.aws\/credentials$|(?:^|\/)(?:kubeconfig|\.kube\/config)$/,
    'password-file',
    'a file of passwords',
  ],
  [/\.tfstate(?:\.backup)?$/, 'terraform-state', 'Terraform state'],
  [
    /\.(?:sql|dump|pgdump|bson|archive)\.(?:gz|bz2|xz|zst|zip|7z)$|\.(?:dump|pgdump|dmp|rdb|mdf)$|(?:^|\/)(?:backups?|dumps?)\/[^/]+\.(?:gz|bz2|xz|zst|tgz|zip|bson)$/i,
    'database-dump',
    'a database dump',
  ],
]

// A trust store or a template holds nothing secret; a heap dump is a leftover and not a database.
const harmless = /trust-?store|cacerts|\.(?:example|sample|template)$|heap|crash|core\.dump|thread/i

const storedByName = ({ path, size }: WorkspaceFile): { kind: Kind; what: string } | undefined => {
  if (size === 0 || harmless.test(path)) return undefined
  const found = byName.find(([pattern]) => pattern.test(path))
  return found === undefined ? undefined : { kind: found[1], what: found[2] }
}

/** Facts for files that are secret by what they are; their content need not be readable. */
export const surveyStored = (tree: Tree, sink: Sink): void => {
  for (const file of tree.files) {
    const stored = file.mode === 'symlink' || file.mode === 'submodule' ? undefined : storedByName(file)
    if (stored !== undefined) add(file.path, stored, file.size, sink)
  }
}

const add = (path: string, { kind, what }: { kind: Kind; what: string }, size: number, sink: Sink): void => {
  const where = whereOf(path)
  sink.fact({
    kind: 'secrets.stored',
    subject: `file ${path}`,
    place: startOf(path),
    value: { kind, what, where, size },
  })
}

const dumpFolder = /(?:^|\/)(?:backups?|dumps?)\/[^/]+\.sql(?:\.[\w-]+)?$|(?:^|\/)[^/]*(?:backup|dump)[^/]*\.sql$/i
const notDumps = /(?:^|\/)(?:migrations?|migrate|seeds?|seeders?|fixtures?|schema|init|docs?|tests?)\//i

/** Whether a text file may be a dump by its name. */
export const maybeDump = (path: string): boolean => dumpFolder.test(path) && !notDumps.test(path)

const dumpHeader = /^-- (?:PostgreSQL database dump|MySQL dump|MariaDB dump)|^\/\*!\d{5} SET/m
const rows = /^(?:COPY [^\n]{1,300} FROM stdin;|INSERT INTO )/gim

/** A fact for a plain SQL dump with rows in it. A dump of the schema alone is no secret. */
export const collectDump = (file: TextFile, sink: Sink): void => {
  const found = [...file.text.slice(0, 2_000_000).matchAll(rows)].length
  if (found === 0 || (found < 20 && !dumpHeader.test(file.text.slice(0, 2_000)))) return
  add(file.path, { kind: 'database-dump', what: 'a database dump with rows' }, file.text.length, sink)
}
