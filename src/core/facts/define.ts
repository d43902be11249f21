import type * as z from 'zod'

/** What a collector reads: the part of the repository or of the evidence that a kind of fact comes from. */
export const topics = [
  'repository',
  'docker',
  'compose',
  'kubernetes',
  'workflows',
  'secrets',
  'documents',
  'source',
  'databases',
  'monitoring',
  'operations',
  'tests',
  'coverage',
  'vulnerabilities',
  'analysis',
  'load',
  'smoke',
  'sbom',
  'evidence',
] as const
export type Topic = (typeof topics)[number]

/** The vocabulary's entry for one kind of fact: its shape, and the name that rules' expressions give it. */
export interface FactDefinition<Schema extends z.ZodObject = z.ZodObject> {
  topic: Topic
  /** The variable that stands for the fact in a rule's expressions. */
  variable: string
  description: string
  schema: Schema
}

/** Declares a kind of fact. The schema gives its TypeScript type and, by `cel-types.ts`, its type in expressions. */
export const defineFact = <Schema extends z.ZodObject>(definition: FactDefinition<Schema>): FactDefinition<Schema> =>
  definition
