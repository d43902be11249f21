import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'

interface Parameter {
  name: string
  in: string
  required?: boolean
  schema: object
  'x-multi-segment'?: boolean
}
interface Media {
  content?: Record<string, { schema: object }>
}
interface Operation {
  parameters?: (Parameter | { $ref: string })[]
  requestBody?: Media & { required?: boolean }
  responses: Record<string, Media | { $ref: string }>
}
interface Description {
  paths: Record<string, Record<string, Operation>>
  components: { parameters: Record<string, Parameter>; responses: Record<string, Media>; schemas: object }
}

const file = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json')
const description = JSON.parse(readFileSync(file, 'utf8')) as Description

// Only what is asked for is compiled: the whole description has thousands of schemas.
const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false })
formats.default(ajv)
ajv.addFormat('repo.nwo', true)
ajv.addSchema({ $id: 'github', components: description.components })

const absolute = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(absolute)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string' ? inner.replace(/^#/, 'github#') : absolute(inner),
    ]),
  )
}

const compiled = new Map<object, ValidateFunction>()
const wrong = (schema: object, value: unknown, what: string): string[] => {
  const validate = compiled.get(schema) ?? ajv.compile(absolute(schema) as object)
  compiled.set(schema, validate)
  return validate(value) ? [] : [`${what}: ${ajv.errorsText(validate.errors)}`]
}

const parameterOf = (parameter: Parameter | { $ref: string }): Parameter => {
  if (!('$ref' in parameter)) return parameter
  const found = description.components.parameters[parameter.$ref.split('/').at(-1) ?? '']
  if (found === undefined) throw new Error(`no ${parameter.$ref}`)
  return found
}

/** The path parameters of a URL's path, where it is one of this template; each is percent-decoded. */
export const matchPath = (template: string, path: string): Record<string, string> | undefined => {
  const wanted = template.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return undefined
  const values: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const text = given[index] ?? ''
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (name === undefined && part !== text) return undefined
    if (name !== undefined) values[name] = decodeURIComponent(text)
  }
  return values
}

const byType = (schema: object, value: string): unknown => {
  const { type } = schema as { type?: string }
  return (type === 'integer' || type === 'number') && /^\d+$/.test(value) ? Number(value) : value
}

/** What is wrong with a request, by GitHub's own description of its API. `path` is the part of the URL below the API's root. */
export const checkRequest = (method: string, template: string, url: URL, path: string, body: unknown): string[] => {
  const operation = description.paths[template]?.[method.toLowerCase()]
  const inPath = matchPath(template, path)
  if (operation === undefined || inPath === undefined) return [`${method} ${path} is not in the description`]
  const parameters = (operation.parameters ?? []).map(parameterOf)
  const query = Object.fromEntries(url.searchParams)
  const unknown = Object.keys(query).filter(
    (name) => !parameters.some((known) => known.in === 'query' && known.name === name),
  )
  const media = operation.requestBody?.content?.['application/json']
  return [
    ...unknown.map((name) => `${method} ${template} has no parameter ${name}`),
    ...parameters.flatMap((parameter) => {
      const value = (parameter.in === 'path' ? inPath : parameter.in === 'query' ? query : {})[parameter.name]
      if (value === undefined) return parameter.required === true ? [`${parameter.name} is missing`] : []
      return wrong(parameter.schema, byType(parameter.schema, value), `${template} ${parameter.name}`)
    }),
    ...(media === undefined
      ? body === undefined
        ? []
        : [`${method} ${template} takes no body`]
      : wrong(media.schema, body, `${method} ${template} body`)),
  ]
}

const basicError = { $ref: '#/components/schemas/basic-error' }

/** What is wrong with an answer. Any operation may fail with GitHub's usual error, described for it or not. */
export const checkAnswer = (method: string, template: string, status: number, body: unknown): string[] => {
  const operation = description.paths[template]?.[method.toLowerCase()]
  if (operation === undefined) return [`${method} ${template} is not in the description`]
  const described = operation.responses[String(status)]
  if (described === undefined && status < 400) return [`${method} ${template} never answers ${status}`]
  const response =
    described !== undefined && '$ref' in described
      ? description.components.responses[described.$ref.split('/').at(-1) ?? '']
      : described
  const schema = response?.content?.['application/json']?.schema ?? (status >= 400 ? basicError : undefined)
  return schema === undefined ? [] : wrong(schema, body, `${method} ${template} ${status}`)
}
