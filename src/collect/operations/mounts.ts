import type { Collected, Sink } from '../collector.ts'
import { ignoredBy } from '../repository/ignore-lists.ts'
import { resolveLink } from '../documents/references.ts'
import type { Tree } from '../tree.ts'
import { asList, asMapping, asString } from '../shape.ts'
import { purposeOf } from '../compose/purpose.ts'
import { resolve } from '../compose/interpolation.ts'
import type { Reading } from './reading.ts'
import { programWords } from '../workflows/shell.ts'
import { nameOf, type Step } from './script.ts'

/** Folders that services fill by themselves. */
const data =
  /(?:^|[/._-])(?:data|database|dbdata|logs?|tmp|temp|cache|db|store|storage|uploads?|media|static|backups?|volumes?|run|output|outputs|dumps?|state|home|letsencrypt|acme(?:\.json)?|models?|downloads?|node_modules|\.venv|venv|target|dist|build|vendor|artifacts?|reports?|results?|persist\w*|www|workspace|work|work-?dir|shared|mysql|postgres(?:ql)?|redis|mongo(?:db)?|rabbitmq|elasticsearch|minio|kafka|grafana|prometheus)(?:$|[/._-])/i
/** What lies in one of these is data, whatever it is called. */
const dataAbove = /(?:^|\/)\.?(?:data|volumes?|storage|logs?|tmp|var|cache|backups?)\//i
const configurationFile =
  /\.(?:ya?ml|conf|cfg|cnf|ini|json|toml|sql|sh|xml|properties|cf|lua|js|py|rules|tmpl|template|vcl|hcl|cron|crt|pem|key|cert)$/i
const configurationFolder =
  /(?:^|\/)(?:config|configs|conf|conf\.d|etc|ssl|certs?|dashboards|provisioning|rules|init|initdb|init-db|initdb\.d|docker-entrypoint-initdb\.d|scripts?|templates?|sites-(?:enabled|available)|realms?|policies|pipelines?)$/i
const made = /\.(?:crt|pem|key|cert|p12|jks)$|(?:^|\/)(?:ssl|certs?|secrets?|keys)(?:\/|$)/i

const makers = new Set(
  'mkdir cp mv touch openssl curl wget tee ln install git envsubst htpasswd keytool mkcert tar unzip certbot rsync'.split(
    ' ',
  ),
)
/** What writes a file only through a redirection. */
const writers = new Set('sed cat echo printf jq yq base64 dd kubectl docker python3 node envsubst'.split(' '))
const makingLine =
  /\b(?:mkdir|cp|mv|touch|openssl|curl|wget|tee|ln|install|envsubst|keytool|mkcert|tar|unzip|rsync|copy|template|dest)\b|>/

/** Whether a word is a path with this part in it. */
const hasPart = (word: string, name: string): boolean =>
  word
    .replaceAll(/["'<>]/g, '')
    .split('/')
    .includes(name)

const makes = ({ words }: Step, name: string): boolean => {
  const own = programWords(words)
  const program = nameOf(own[0] ?? '')
  if (makers.has(program)) return own.some((word) => hasPart(word, name))
  return (
    writers.has(program) &&
    own.some((word, index) => word.startsWith('>') && (hasPart(word, name) || hasPart(own[index + 1] ?? '', name)))
  )
}

/** The lines of a text that hold a name. */
const linesWith = (text: string, name: string): string[] => {
  const found: string[] = []
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const end = text.indexOf('\n', at)
    found.push(text.slice(text.lastIndexOf('\n', at) + 1, end < 0 ? undefined : end))
  }
  return found
}

/** Whether a script, workflow or Makefile names the last part of a path in a command that makes files. */
const madeByScript = (path: string, reading: Reading): boolean => {
  const name = nameOf(path)
  return (
    reading.scripts.some(({ steps }) => steps.some((step) => makes(step, name))) ||
    reading.runners.some((text) =>
      linesWith(text, name).some(
        (line) => makingLine.test(line) && line.split(/[\s="']/).some((word) => hasPart(word, name)),
      ),
    )
  )
}

const exists = (path: string, tree: Tree): boolean => tree.has(path) || tree.isDirectory(path)

/** Folders above a file from which Compose may have been told to start. */
const starts = (file: string, source: string): (string | undefined)[] => {
  const folders = file.split('/').slice(0, -1)
  return folders.map((_, index) => resolveLink([...folders.slice(0, index), 'x'].join('/'), source))
}

/** Emits what compose services mount of the project itself. */
export const emitBindSources = (reading: Reading, collected: Collected, sink: Sink): void => {
  const { tree } = collected
  const ignored = ignoredBy(collected)
  for (const { value, place } of collected.of('compose.mount')) {
    const { source, target, service, purpose } = value
    if (value.kind !== 'bind' || value.absolute || value.computed || value.engineSocket || source === undefined)
      continue
    const path = resolveLink(place.path, source)
    if (path === undefined || path === '' || /^[A-Za-z]:|^\.env|\/\.env|\.git$|\.sock$/.test(path)) continue
    const file = configurationFile.test(path) && !dataAbove.test(path)
    const folder = configurationFolder.test(path) && !data.test(nameOf(path)) && !dataAbove.test(path)
    const there =
      exists(path, tree) || starts(place.path, source).some((other) => other !== undefined && exists(other, tree))
    if (!there && !file && !folder) continue
    const submodule = tree.files.some(
      ({ mode, path: other }) => (mode === 'submodule' || mode === 'symlink') && path.startsWith(`${other}/`),
    )
    const because = there
      ? ''
      : ignored(path) || ignored(`${path}/`)
        ? 'git ignores it: it is made or brought by something else'
        : madeByScript(path, reading)
          ? 'a script of the repository may make it'
          : made.test(path)
            ? 'keys and certificates are not kept in the repository'
            : file && data.test(nameOf(path).replace(/\.[^.]*$/, ''))
              ? 'it may be written by the service itself'
              : submodule
                ? 'it lies in another repository'
                : ['.example', '.sample', '.template', '.tmpl', '.dist', '.j2'].some((end) => exists(path + end, tree))
                  ? 'it is made from a template beside it'
                  : ''
    sink.fact({
      kind: 'operations.bind-source',
      subject: `service ${service}`,
      place,
      value: {
        service,
        purpose,
        path,
        target,
        file,
        state: there ? 'exists' : because === '' ? 'missing' : 'unknown',
        because,
      },
    })
  }
}

const templated = (path: string, tree: Tree): boolean => {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const name = nameOf(path)
  return tree.files.some(({ path: other }) => {
    if (!other.startsWith(folder) || other.slice(folder.length).includes('/')) return false
    const candidate = nameOf(other)
    return candidate !== name && /example|sample|template|dist|default/i.test(candidate) && /env/i.test(candidate)
  })
}

/** Emits the files that services take their variables from. */
export const emitEnvironmentFiles = (reading: Reading, collected: Collected, sink: Sink): void => {
  const { tree } = collected
  const ignored = ignoredBy(collected)
  for (const { path: compose, root, document } of reading.compose) {
    if (purposeOf(compose) === 'development') continue
    for (const [service, value] of Object.entries(asMapping(root['services']) ?? {})) {
      const holder = asMapping(value)
      const written = holder?.['env_file']
      const entries = asList(written) ?? (written == null ? [] : [written])
      for (const [index, entry] of entries.entries()) {
        const file = asString(entry) ?? asString(asMapping(entry)?.['path'])
        if (file === undefined || asMapping(entry)?.['required'] === false) continue
        const { text, computed } = resolve(file)
        const path = text.startsWith('/') || text.startsWith('~') ? undefined : resolveLink(compose, text)
        const there =
          path !== undefined &&
          (tree.has(path) || starts(compose, text).some((other) => other !== undefined && tree.has(other)))
        const because = there
          ? ''
          : computed
            ? 'its name is computed'
            : path === undefined
              ? 'it lies outside the repository'
              : ignored(path)
                ? 'git ignores it: it holds what differs between machines'
                : madeByScript(path, reading)
                  ? 'a script of the repository may make it'
                  : templated(path, tree)
                    ? 'there is a template of it'
                    : ''
        sink.fact({
          kind: 'operations.environment-file',
          subject: `service ${service}`,
          place: Array.isArray(written) ? document.at(written, index) : document.at(holder, 'env_file'),
          value: {
            service,
            path: path ?? text,
            state: there ? 'exists' : because === '' ? 'missing' : 'unknown',
            because,
          },
        })
      }
    }
  }
}
