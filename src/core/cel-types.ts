import * as z from 'zod'

/** A field's type as the CEL library wants it: a type's name, or the fields of a nested object. */
export type CelSchema = { [field: string]: string | CelSchema }

/** Named object types that lists refer to; CEL has no anonymous type for a list's elements. */
export type CelTypes = Map<string, CelSchema>

const fieldType = (type: z.core.$ZodType, name: string, types: CelTypes): string | CelSchema => {
  if (type instanceof z.ZodOptional) return fieldType(type.unwrap(), name, types)
  if (type instanceof z.ZodString || type instanceof z.ZodEnum) return 'string'
  if (type instanceof z.ZodNumber) return 'double'
  if (type instanceof z.ZodBoolean) return 'bool'
  if (type instanceof z.ZodObject) return objectType(type, name, types)
  if (type instanceof z.ZodRecord) return `map<string, ${named(type.valueType, name, types)}>`
  if (type instanceof z.ZodArray) return `list<${named(type.element, name, types)}>`
  throw new TypeError(`${name}: facts hold strings, numbers, booleans, lists, maps and objects only`)
}

const named = (type: z.core.$ZodType, name: string, types: CelTypes): string => {
  const inner = fieldType(type, name, types)
  if (typeof inner === 'string') return inner
  types.set(name, inner)
  return name
}

const objectType = (schema: z.ZodObject, name: string, types: CelTypes): CelSchema =>
  Object.fromEntries(
    Object.entries(schema.shape).map(([field, type]) => [
      field,
      fieldType(type, name + field[0]?.toUpperCase() + field.slice(1), types),
    ]),
  )

/**
 * The CEL type of a fact's schema. Numbers are CEL doubles, since JavaScript has no other; enums are strings.
 * Lists of objects become named types, such as `ContainerPorts`, which are added to `types`.
 */
export const celSchema = (schema: z.ZodObject, variable: string, types: CelTypes): CelSchema =>
  objectType(schema, (variable[0] ?? '').toUpperCase() + variable.slice(1), types)
