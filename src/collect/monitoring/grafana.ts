import type { Collected, Sink } from '../collector.ts'
import { asList, asMapping, asString } from '../shape.ts'
import { mountedFrom } from './rule-files.ts'
import type { Source } from './reading.ts'

/** Emits the folders of dashboards that a provisioning file names. */
export const emitDashboards = (source: Source, collected: Collected, sink: Sink): void => {
  for (const item of asList(source.root['providers']) ?? []) {
    const provider = asMapping(item)
    const options = asMapping(provider?.['options'])
    const path = asString(options?.['path'])
    if (provider === undefined || options === undefined || path === undefined) continue
    const from = mountedFrom(path.replace(/\/$/, ''), collected)
    const inside = (file: string): boolean => from !== undefined && file.startsWith(`${from}/`)
    const inFolder = collected.tree.files.filter((file) => inside(file.path))
    const count = inFolder.filter((file) => /\.json$/i.test(file.path)).length
    // Made from something else where they are in a folder of sources for them: Jsonnet, TypeScript.
    const made = inFolder.some((file) => /\.(?:jsonnet|libsonnet|ts|go|py)$/.test(file.path))
    const linked = inFolder.some((file) => file.mode === 'symlink' || file.mode === 'submodule')
    const because =
      from === undefined
        ? 'no compose file of the repository mounts it'
        : made || linked
          ? 'its dashboards are made from something else'
          : ''
    sink.fact({
      kind: 'monitoring.dashboards',
      subject: `dashboards ${path}`,
      place: source.document.at(options, 'path'),
      value: {
        path,
        source: from ?? '',
        count,
        state: count > 0 ? 'found' : because === '' ? 'missing' : 'unknown',
        because,
      },
    })
  }
}
