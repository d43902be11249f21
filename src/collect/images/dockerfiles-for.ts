import { isDevelopmentPath } from '../docker/file-names.ts'
import { folderOf } from '../tree-path.ts'

/** `src` and `app` below a service's folder say nothing of the service. */
const nameless = /\/(?:src|app|docker|build)$/

/** The Dockerfiles whose folder has the name of an image, or its end: `clinic/shop-frontend` is built in `frontend`. */
export const dockerfilesFor = (image: string, paths: Iterable<string>): string[] => {
  const last = image.slice(image.lastIndexOf('/') + 1)
  return [...paths].filter((path) => {
    const folder = folderOf(path).replace(nameless, '')
    const name = folder.slice(folder.lastIndexOf('/') + 1)
    return name !== '' && !isDevelopmentPath(path) && (last === name || last.endsWith(`-${name}`))
  })
}
