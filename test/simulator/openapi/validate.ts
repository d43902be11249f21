import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { matchPath } from '../http/path.ts'
import {
  answerSchema,
  description,
  operationOf,
  referenceTo,
  resolve,
  type Parameter,
  type Schema,
} from './description.ts'

const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false })
formats.default(ajv)
ajv.addFormat('repo.nwo', true)
const { components, paths } = description
ajv.addSchema({ $id: 'github', components, paths, 'x-webhooks': description['x-webhooks'] })

// Only what is asked for is compiled, and once: the whole description has thousands of schemas.
const compiled = new Map<string, ValidateFunction>()
const longestAccount = 2000

/** What is wrong with a value, by the schema at a reference. */
export const wrong = (reference: string, value: unknown, what: string): string[] => {
  let validate = compiled.get(reference)
  if (validate === undefined) {
    validate = ajv.getSchema(`github${reference}`)
    if (validate === undefined) return [`${what}: no schema at ${reference}`]
    compiled.set(reference, validate)
  }
  return validate(value) ? [] : [`${what}: ${ajv.errorsText(validate.errors).slice(0, longestAccount)}`]
}

interface Known {
  parameter: Parameter
  reference: string
}
const parametersOf = (method: string, template: string): Known[] =>
  (operationOf(method, template)?.parameters ?? []).map((entry, index) => {
    if ('$ref' in entry) return { parameter: resolve(entry.$ref) as Parameter, reference: `${entry.$ref}/schema` }
    const place = ['paths', template, method.toLowerCase(), 'parameters', String(index), 'schema']
    return { parameter: entry, reference: referenceTo(...place) }
  })

const known = new Map<string, Known[]>()
const byType = ({ schema }: Parameter, value: string): unknown => {
  const { type } = schema.$ref === undefined ? schema : (resolve(schema.$ref) as Schema)
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true'
  return (type === 'integer' || type === 'number') && /^\d+$/.test(value) ? Number(value) : value
}

/** What is wrong with a request, by GitHub's own description of its API. `path` is the part of the URL below the API's root. */
export const checkRequest = (method: string, template: string, url: URL, path: string, body: unknown): string[] => {
  const operation = operationOf(method, template)
  const inPath = matchPath(template, path)
  const name = `${method} ${template}`
  if (operation === undefined || inPath === undefined) return [`${method} ${path} is not in the description`]
  const parameters = known.get(name) ?? parametersOf(method, template)
  known.set(name, parameters)
  const query = Object.fromEntries(url.searchParams)
  const unknown = Object.keys(query).filter(
    (one) => !parameters.some(({ parameter }) => parameter.in === 'query' && parameter.name === one),
  )
  return [
    ...unknown.map((one) => `${name} has no parameter ${one}`),
    ...parameters.flatMap(({ parameter, reference }) => {
      if (parameter.in !== 'path' && parameter.in !== 'query') return []
      const value = (parameter.in === 'path' ? inPath : query)[parameter.name]
      if (value === undefined) return parameter.required === true ? [`${name}: ${parameter.name} is missing`] : []
      return wrong(reference, byType(parameter, value), `${name} ${parameter.name}`)
    }),
    ...checkBody(method, template, body),
  ]
}

const checkBody = (method: string, template: string, body: unknown): string[] => {
  const described = operationOf(method, template)?.requestBody
  const name = `${method} ${template} body`
  if (described?.content?.['application/json'] === undefined)
    return body === undefined || isEmpty(body) ? [] : [`${name}: none is taken`]
  if (body === undefined && described.required !== true) return []
  const place = ['paths', template, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema']
  return wrong(referenceTo(...place), body, name)
}

const isEmpty = (body: unknown): boolean => typeof body === 'object' && body !== null && Object.keys(body).length === 0

/** What is wrong with an answer. Any operation may fail with GitHub's usual error, described for it or not. */
export const checkAnswer = (method: string, template: string, status: number, body: unknown): string[] => {
  const operation = operationOf(method, template)
  if (operation === undefined) return [`${method} ${template} is not in the description`]
  if (operation.responses[String(status)] === undefined && status < 300)
    return [`${method} ${template} never answers ${status}`]
  const reference = answerSchema(method, template, status)
  return reference === undefined ? [] : wrong(reference, body, `${method} ${template} ${status}`)
}
