import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** A schema of the description; only what is read here is named. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  nullable?: boolean
  minLength?: number
  minimum?: number
  minItems?: number
  required?: string[]
  properties?: Record<string, Schema>
  items?: Schema
  allOf?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
}
export interface Parameter {
  name: string
  in: string
  required?: boolean
  schema: Schema
  'x-multi-segment'?: boolean
}
interface Media {
  content?: Record<string, { schema: Schema }>
}
export interface Operation {
  parameters?: (Parameter | { $ref: string })[]
  requestBody?: Media & { required?: boolean }
  responses: Record<string, Media | { $ref: string }>
}
interface Description {
  paths: Record<string, Record<string, Operation>>
  'x-webhooks': Record<string, { post: Operation }>
  components: {
    parameters: Record<string, Parameter>
    responses: Record<string, Media>
    schemas: Record<string, Schema>
    examples?: unknown
  }
}

/** OpenAPI 3.0 says `nullable` beside a reference or an enumeration; ajv knows it beside a type alone. */
const sayNull = (value: unknown): void => {
  if (Array.isArray(value)) return value.forEach(sayNull)
  if (typeof value !== 'object' || value === null) return
  const schema = value as Record<string, unknown>
  if (schema['nullable'] === true && schema['type'] === undefined) {
    const { nullable: _, ...rest } = schema
    for (const key of Object.keys(schema)) Reflect.deleteProperty(schema, key)
    schema['anyOf'] = [rest, { type: 'null' }]
    sayNull(rest)
    return
  }
  const values = schema['enum']
  if (schema['nullable'] === true && Array.isArray(values) && !values.includes(null)) schema['enum'] = [...values, null]
  for (const [key, inner] of Object.entries(schema)) if (key !== 'example' && key !== 'examples') sayNull(inner)
}

const read = (): Description => {
  const file = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json')
  const description = JSON.parse(readFileSync(file, 'utf8')) as Description
  delete description.components.examples
  sayNull(description)
  return description
}

/** GitHub's own description of its API and webhooks. */
export const description = read()

/** What a reference inside the description points to. */
export const resolve = (reference: string): unknown =>
  reference
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (at, part) =>
        (at as Record<string, unknown>)[decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')],
      description,
    )

const escaped = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))

/** A reference to a place in the description, from its keys. */
export const referenceTo = (...keys: readonly string[]): string => `#/${keys.map(escaped).join('/')}`

export const operationOf = (method: string, template: string): Operation | undefined =>
  description.paths[template]?.[method.toLowerCase()]

const basicError = referenceTo('components', 'schemas', 'basic-error')

/** Where the description has the schema of an answer; undefined where it has none. Errors that it does not list have GitHub's usual shape. */
export const answerSchema = (method: string, template: string, status: number): string | undefined => {
  const described = operationOf(method, template)?.responses[String(status)]
  if (described === undefined) return status >= 400 ? basicError : undefined
  const json = ['content', 'application/json', 'schema']
  if ('$ref' in described) {
    const name = described.$ref.split('/').at(-1) ?? ''
    const known = description.components.responses[name]?.content?.['application/json'] !== undefined
    return known ? referenceTo('components', 'responses', name, ...json) : undefined
  }
  if (described.content?.['application/json'] === undefined) return undefined
  return referenceTo('paths', template, method.toLowerCase(), 'responses', String(status), ...json)
}

/** Where the description has the schema of a webhook's payload. */
export const webhookSchema = (event: string, action: string | undefined): string | undefined => {
  const name = [event, action].flatMap((part) => part?.replaceAll('_', '-') ?? []).join('-')
  if (description['x-webhooks'][name] === undefined) return undefined
  return referenceTo('x-webhooks', name, 'post', 'requestBody', 'content', 'application/json', 'schema')
}
