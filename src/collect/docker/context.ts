import type { FactKind, FactValue } from '../../core/facts/index.ts'
import type { Sink } from '../collector.ts'
import { isDevelopmentPath } from './file-names.ts'
import type { Stage } from './stages.ts'

/** One fact of a stage, before it is told whose it is. */
export interface StageFact<K extends FactKind> {
  /** What it is, after the stage's name. */
  subject: string
  line: number
  column?: number
  endLine?: number
  value: FactValue<K>
  places?: Record<string, number>
}

/** Where the facts of one stage go. */
export interface Context {
  stage: Stage
  stages: readonly Stage[]
  /** The fields that all facts of a stage have. */
  shared: { stage: string; ships: boolean; development: boolean }
  fact<K extends FactKind>(kind: K, fact: StageFact<K>): void
}

/** Facts of a stage: their subject begins with the stage's name, and their place is in the Dockerfile. */
export const stageContext = (path: string, stage: Stage, stages: readonly Stage[], sink: Sink): Context => ({
  stage,
  stages,
  shared: {
    stage: stage.name,
    ships: stage.shipped && !isDevelopmentPath(path),
    development: isDevelopmentPath(path) || (stage.development && !stage.shipped),
  },
  fact: (kind, { subject, line, column = 1, endLine, value, places }) =>
    sink.fact({
      kind,
      subject: subject === '' ? `stage ${stage.name}` : `stage ${stage.name} ${subject}`,
      place: { path, line, column, ...(endLine === undefined || endLine <= line ? {} : { endLine }) },
      ...(places === undefined
        ? {}
        : {
            places: Object.fromEntries(
              Object.entries(places).map(([name, at]) => [name, { path, line: at, column: 1 }]),
            ),
          }),
      value,
    }),
})
