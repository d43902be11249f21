import type { Place } from '../../core/facts/place.ts'
import { resolve } from '../compose/interpolation.ts'
import { projectOf, type ComposeDocument } from '../compose/project.ts'
import { isDevelopmentPath } from '../docker/file-names.ts'
import { asMapping, asString, asText, type Mapping } from '../shape.ts'
import type { Tree } from '../tree.ts'
import type { Build } from './build.ts'
import { groupBy } from './group.ts'
import { below } from './paths.ts'
import { folderOf } from '../tree-path.ts'

const remote = /^(?:https?|git|ssh|oci-layout|docker-image|target|service):|^git@|\.git(?:#|$)/i

interface Written {
  holder: Mapping
  key: string
  text: string
}

const written = (holders: readonly Mapping[], key: string): Written | undefined => {
  for (const holder of holders) {
    const text = asText(holder[key])
    if (text !== undefined) return { holder, key, text }
  }
  return undefined
}

/**
 * The `build` of the same service in the files beside it, which a file that only adds to it is merged with.
 * @param neighbours the documents of its folder
 */
const besides = (document: ComposeDocument, name: string, neighbours: readonly ComposeDocument[]): unknown[] =>
  neighbours.filter((other) => other !== document).flatMap((other) => asMapping(other.services[name])?.['build'] ?? [])

const namesOf = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.flatMap((item) => asString(item)?.split('=')[0] ?? [])
    : Object.keys(asMapping(value) ?? {})

const literal = (value: Written | undefined): { text: string; computed: boolean } | undefined =>
  value === undefined ? undefined : resolve(value.text)

const asBuild = (value: unknown): Mapping | undefined => {
  const text = asString(value)
  return text === undefined ? asMapping(value) : { context: text }
}

/** The builds of all compose files. Paths are relative to the file that names them. */
export const composeBuilds = (tree: Tree): Build[] => {
  const { documents, sources } = projectOf(tree)
  const byFolder = groupBy(documents, ({ path }) => folderOf(path))
  return documents.flatMap((document) =>
    Object.entries(document.services).flatMap(([name, value]): Build[] => {
      const service = asMapping(value)
      const own = service?.['build']
      const build = asBuild(own)
      if (service === undefined || build === undefined) return []
      const inherited = service['extends'] !== undefined
      const others = inherited
        ? []
        : besides(document, name, byFolder.get(folderOf(document.path)) ?? []).flatMap((other): Mapping[] => {
            const found = asBuild(other)
            return found === undefined ? [] : [found]
          })
      const at = (one: Written | undefined): Place =>
        one !== undefined && one.holder === build && own === build
          ? sources.at(build, one.key)
          : sources.at(service, 'build')
      const parts: readonly Mapping[] = [build, ...others]
      const context = written(parts, 'context')
      const file = written(parts, 'dockerfile')
      const target = written(parts, 'target')
      const contextText = literal(context) ?? { text: '.', computed: false }
      const fileText = literal(file) ?? { text: 'Dockerfile', computed: false }
      const targetText = literal(target)
      const away = remote.test(contextText.text)
      const because =
        inherited && context === undefined
          ? 'the service extends another'
          : contextText.computed
            ? 'its build context is computed'
            : away
              ? 'its build context is not in the repository'
              : ''
      const folder = because === '' ? below(folderOf(document.path), contextText.text) : undefined
      const inline = written(parts, 'dockerfile_inline') !== undefined
      return [
        {
          by: 'compose',
          subject: `service ${name}`,
          place: sources.at(service, 'build'),
          places: { context: at(context), dockerfile: at(file), target: at(target) },
          context: folder,
          because: because === '' && folder === undefined ? 'its build context is outside the repository' : because,
          dockerfile: folder === undefined || fileText.computed || inline ? undefined : below(folder, fileText.text),
          target: targetText === undefined || targetText.computed ? undefined : targetText.text,
          arguments: parts.flatMap((part) => namesOf(part['args'])),
          platforms: [],
          earlier: [],
          brought: false,
          development: document.purpose === 'development' || isDevelopmentPath(document.path),
        },
      ]
    }),
  )
}
