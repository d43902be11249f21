import type { Collected, Sink, TextFile } from '../collector.ts'
import { Lines } from '../lines.ts'
import type { Place } from '../../core/facts/place.ts'
import { resolveLink, endsSome } from '../documents/references.ts'
import type { Tree } from '../tree.ts'
import { nameOf } from './script.ts'

interface Include {
  file: string
  place: Place
}

const includes = new WeakMap<Tree, Include[]>()

const directive = /^[ \t]{0,40}include[ \t]{1,8}["']?([^\s;"'*?[\]]{1,200})["']?[ \t]{0,8};/gm
/** What nginx's packages and images bring themselves. */
const shipped =
  /(?:^|\/)(?:mime\.types|fastcgi\.conf|fastcgi_params|uwsgi_params|scgi_params|proxy_params|koi-utf|koi-win|win-utf|naxsi\S*|snippets\/(?:fastcgi-php|snakeoil)\.conf)$/

/** Notes the files that an nginx configuration includes by name. */
export const readNginx = (file: TextFile, tree: Tree): void => {
  if (!/^\s*(?:server|http|upstream|location|events)\b[^\n]{0,200}\{/m.test(file.text)) return
  const found = includes.get(tree) ?? []
  includes.set(tree, found)
  const lines = new Lines(file.text)
  for (const match of file.text.matchAll(directive)) {
    const { line } = lines.at(match.index)
    if (!shipped.test(match[1] ?? '')) found.push({ file: match[1] ?? '', place: { path: file.path, line, column: 1 } })
  }
}

/** Emits them, with whether the repository has one of that name. */
export const emitIncludes = ({ tree }: Collected, sink: Sink): void => {
  for (const { file, place } of includes.get(tree) ?? []) {
    const beside = resolveLink(place.path, file)
    const exists = (beside !== undefined && tree.has(beside)) || endsSome(tree, nameOf(file))
    const because = exists
      ? ''
      : /\$|\{\{|%/.test(file)
        ? 'its name is computed'
        : /letsencrypt|certbot|\/ssl\/|\/certs?\/|dhparam|\/modules|\/run\/|\/tmp\/|\/var\//.test(file)
          ? 'another program makes it on the host'
          : tree.has(`${beside ?? ''}.template`) || endsSome(tree, `${nameOf(file)}.template`)
            ? 'it is made from a template'
            : ''
    sink.fact({
      kind: 'operations.include',
      subject: `include ${file}`,
      place,
      value: { file, state: exists ? 'exists' : because === '' ? 'missing' : 'unknown', because },
    })
  }
}
