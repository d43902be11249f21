import { isDevelopmentPath } from '../docker/file-names.ts'
import { folderOf } from '../tree-path.ts'

/** `src` and `app` below a service's folder say nothing of the service. */
const nameless = /\/(?:src|app|docker|build)$/

type Named = Map<string, { path: string; order: number }[]>

const index = (paths: Iterable<string>): Named => {
  const named: Named = new Map()
  let order = 0
  for (const path of paths) {
    const folder = folderOf(path).replace(nameless, '')
    const name = folder.slice(folder.lastIndexOf('/') + 1)
    if (name === '' || isDevelopmentPath(path)) continue
    const list = named.get(name)
    if (list === undefined) named.set(name, [{ path, order: order++ }])
    else list.push({ path, order: order++ })
  }
  return named
}

/**
 * Finds the Dockerfiles whose folder has the name of an image, or its end: `clinic/shop-frontend` is built in `frontend`.
 * The paths are looked through once, however many images are asked about.
 */
export const dockerfileFinder = (paths: Iterable<string>): ((image: string) => string[]) => {
  const named = index(paths)
  return (image) => {
    const last = image.slice(image.lastIndexOf('/') + 1)
    const found = [...(named.get(last) ?? [])]
    for (let at = last.indexOf('-'); at >= 0; at = last.indexOf('-', at + 1))
      found.push(...(named.get(last.slice(at + 1)) ?? []))
    return found.sort((a, b) => a.order - b.order).map(({ path }) => path)
  }
}
