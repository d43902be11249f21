import { startOf } from '../../core/facts/place.ts'
import type { Collector } from '../collector.ts'

/** The tree as a whole: rules about what is missing hang on this one fact. */
export const repository: Collector = {
  topic: 'repository',
  claims: () => false,
  collect: () => {},
  relate: ({ tree }, sink) => {
    if (tree.files.length > 0)
      sink.fact({ kind: 'repository', subject: 'repository', place: startOf('.'), value: { files: tree.files.length } })
  },
}
