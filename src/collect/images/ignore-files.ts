import { groupBy } from './group.ts'
import type { Collected, Sink } from '../collector.ts'
import { dockerfilesOf } from '../docker/docker.ts'
import { isDevelopmentPath } from '../docker/file-names.ts'
import { contextsBy } from './contexts.ts'
import { folderOf } from '../tree-path.ts'

/** Says of each .dockerignore beside a Dockerfile whether a build ever looks at it. */
export const emitIgnoreFiles = (collected: Collected, sink: Sink): void => {
  const contexts = contextsBy(collected)
  const byFolder = groupBy(dockerfilesOf(collected.tree).keys(), folderOf)
  for (const { place } of collected.of('docker.ignore-file')) {
    const folder = folderOf(place.path)
    const dockerfiles = byFolder.get(folder) ?? []
    if (dockerfiles.length === 0 || !place.path.endsWith('/.dockerignore')) continue
    const all = dockerfiles.map(contexts)
    if (all.some(({ certain }) => !certain)) continue
    const folders = [...new Set(all.flatMap(({ list }) => list.map((context) => context.folder)))]
    sink.fact({
      kind: 'images.ignore-file',
      subject: `file ${place.path}`,
      place,
      value: {
        used: folders.includes(folder),
        contexts: folders.map((one) => (one === '' ? '.' : one)).sort(),
        development: dockerfiles.every(isDevelopmentPath),
      },
    })
  }
}
