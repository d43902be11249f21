import * as z from 'zod'
import { factKinds } from '../../src/core/facts/index.ts'
import { table } from './markdown.ts'

interface Field {
  name: string
  type: string
  optional: boolean
  description: string
}

const typeName = (type: z.core.$ZodType): string => {
  if (type instanceof z.ZodOptional) return typeName(type.unwrap())
  if (type instanceof z.ZodEnum) return type.options.map((value) => JSON.stringify(value)).join(' or ')
  if (type instanceof z.ZodNumber) return 'double'
  if (type instanceof z.ZodBoolean) return 'bool'
  if (type instanceof z.ZodArray) return `list of ${typeName(type.element)}`
  if (type instanceof z.ZodRecord) return `map of string to ${typeName(type.valueType)}`
  return type instanceof z.ZodObject ? 'object' : 'string'
}

/** The object that a field holds, alone or in a list or map. */
const innerObject = (type: z.core.$ZodType): { object: z.ZodObject; suffix: string } | undefined => {
  if (type instanceof z.ZodObject) return { object: type, suffix: '' }
  if (type instanceof z.ZodOptional) return innerObject(type.unwrap())
  const inner =
    type instanceof z.ZodArray ? innerObject(type.element) : type instanceof z.ZodRecord ? innerObject(type.valueType) : undefined
  return inner === undefined ? undefined : { object: inner.object, suffix: `[]${inner.suffix}` }
}

const describedBy = (type: z.core.$ZodType): string => {
  const own = z.globalRegistry.get(type)?.description
  return own ?? (type instanceof z.ZodOptional ? describedBy(type.unwrap()) : '')
}

const fieldsOf = (schema: z.ZodObject, prefix: string): Field[] =>
  Object.entries(schema.shape).flatMap(([key, type]: [string, z.core.$ZodType]) => {
    const name = `${prefix}${key}`
    const inner = innerObject(type)
    return [
      { name, type: typeName(type), optional: type instanceof z.ZodOptional, description: describedBy(type) },
      ...(inner === undefined ? [] : fieldsOf(inner.object, `${name}${inner.suffix}.`)),
    ]
  })

/** Every kind of fact that a rule can be about, with its fields. */
export const factsPage = (): string =>
  [
    '<!-- Written by scripts/write-docs.ts from src/core/facts/. -->',
    '# The facts',
    'What rules can be about. A rule names a kind under `for:` and reads its fields through the variable named here. Fields marked optional may be absent: ask `has(…)` before reading them. Numbers are doubles.',
    ...Object.entries(factKinds).flatMap(([kind, { variable, description, schema }]) => [
      `## ${kind}`,
      `${description} In expressions it is \`${variable}\`.`,
      table(
        ['field', 'type', 'what it is'],
        fieldsOf(schema, `${variable}.`).map(({ name, type, optional, description: said }) => [
          `\`${name}\``,
          optional ? `${type}, optional` : type,
          said,
        ]),
      ),
    ]),
  ].join('\n\n') + '\n'
