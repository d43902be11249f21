import { celSchema, type CelSchema, type CelTypes } from '../cel-types.ts'
import type { Topic } from './define.ts'
import { factKinds, type FactKind } from './index.ts'

/** What rules need to know of one kind of fact. Plain data. */
export interface Word {
  topic: Topic
  /** The variable that stands for the fact in expressions. */
  variable: string
  /** The CEL types of its fields. */
  fields: CelSchema
  /** The named types that the fields' lists refer to. */
  types: [name: string, fields: CelSchema][]
}

const wordOf = (kind: FactKind): Word => {
  const { topic, variable, schema } = factKinds[kind]
  const types: CelTypes = new Map()
  const fields = celSchema(schema, variable, types)
  return { topic, variable, fields, types: [...types] }
}

/**
 * Every kind of fact as rules see it. The build computes it and puts it in the place of this module: a run needs no schema
 * of a fact, and building them all takes longer than judging a small repository.
 */
export const vocabulary = Object.fromEntries(
  Object.keys(factKinds).map((kind) => [kind, wordOf(kind as FactKind)]),
) as Readonly<Record<FactKind, Word>>
