import type { Place } from '../../core/facts/place.ts'
import type { Collected, Sink } from '../collector.ts'
import { forwardPart } from './migrations.ts'
import type { World } from './world.ts'
import { pathFrom } from '../tree-path.ts'

interface InitFile {
  path: string
  /** Whether it is in the repository. */
  mounted: boolean
  place: Place
}

const folder = '/docker-entrypoint-initdb.d'

/** The files that the image of a database runs at its first start: those of the folder itself, not of folders in it. */
export const initFilesOf = (composePath: string, service: string, collected: Collected): InitFile[] => {
  const { tree } = collected
  const directory = composePath.slice(0, Math.max(composePath.lastIndexOf('/'), 0))
  return collected
    .of('compose.mount')
    .filter(
      ({ place, value }) =>
        place.path === composePath &&
        value.service === service &&
        value.target.startsWith(folder) &&
        value.kind !== 'tmpfs',
    )
    .flatMap(({ value, place }): InitFile[] => {
      const path =
        value.source === undefined || value.kind !== 'bind' || value.computed || value.absolute
          ? undefined
          : pathFrom(directory, value.source)
      if (path === undefined) return [{ path: value.source ?? value.target, mounted: false, place }]
      if (tree.has(path)) return [{ path, mounted: true, place }]
      const files = tree.files.filter(
        (file) => file.path.startsWith(`${path}/`) && !file.path.slice(path.length + 1).includes('/'),
      )
      return files.length === 0
        ? [{ path, mounted: false, place }]
        : files
            .filter((file) => /\.(?:sql(?:\.(?:gz|xz|zst))?|sh)$/.test(file.path))
            .map((file) => ({ path: file.path, mounted: true, place }))
    })
}

/** A fact for each SQL file that a database of a compose file runs at its first start. */
export const initFileFacts = (collected: Collected, world: World, sink: Sink): void => {
  const seen = new Set<string>()
  for (const { place, value } of collected.of('compose.mount')) {
    const key = `${place.path} ${value.service}`
    if (!value.target.startsWith(folder) || seen.has(key)) continue
    seen.add(key)
    for (const file of initFilesOf(place.path, value.service, collected)) {
      if (!file.mounted || !file.path.endsWith('.sql')) continue
      const text = [...world.migrations, ...world.scripts].find(({ path }) => path === file.path)?.text
      sink.fact({
        kind: 'databases.init-file',
        subject: `service ${value.service}`,
        place: file.place,
        value: {
          service: value.service,
          file: file.path,
          undoes:
            /(?:\.down|\/down)\.sql$|\/U\d[^/]*__[^/]*\.sql$/.test(file.path) ||
            (text !== undefined && forwardPart(text).both),
        },
      })
    }
  }
}
