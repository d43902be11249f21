/** One comparison: `<600`, or against the last value: `<=+10%`, `>=-5`. */
interface Criterion {
  compare: (value: number, bound: number) => boolean
  /** What the value is compared with; needs the previous value where the criterion is relative. */
  bound: (previous: number) => number
  relative: boolean
}

/** All of an inner list have to hold, and one of the outer ones, as in Keptn's `criteria`. */
type Criteria = readonly (readonly Criterion[])[]

/** What a parameter may say: `<=200, <=+10%`, or a list of such texts of which one has to hold. */
export type CriteriaText = string | readonly string[]

const comparisons: Readonly<Record<string, Criterion['compare']>> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '=': (value, bound) => value === bound,
  '>=': (value, bound) => value >= bound,
  '>': (value, bound) => value > bound,
}

const form = /^(<=|>=|<|>|=)\s*([+-])?\s*(\d{1,12}(?:\.\d{1,9})?)\s*(%)?$/

const maxCriteria = 20

/** What is wrong with criteria, and the offset of the mistake in its text. */
export class CriteriaError extends Error {
  readonly offset: number
  /** Which text of a list. */
  readonly index: number

  constructor(message: string, index: number, offset: number) {
    super(message)
    this.name = 'CriteriaError'
    this.index = index
    this.offset = offset
  }
}

const parseOne = (text: string, index: number, offset: number): Criterion => {
  const [, operator = '', sign, digits, percent] = form.exec(text) ?? []
  const compare = comparisons[operator]
  if (compare === undefined || digits === undefined)
    throw new CriteriaError(`"${text.slice(0, 40)}" is no criterion such as "<=200", "<=+10%" or ">=-5"`, index, offset)
  if (percent !== undefined && sign === undefined)
    throw new CriteriaError(
      `"${text}" has a percentage without a sign: "${operator}+${digits}%" is against the last value`,
      index,
      offset,
    )
  const size = (sign === '-' ? -1 : 1) * Number(digits)
  if (sign === undefined) return { compare, bound: () => size, relative: false }
  const bound = (previous: number): number => (percent === undefined ? previous + size : previous * (1 + size / 100))
  return { compare, bound, relative: true }
}

const parse = (text: string, index: number): Criterion[] => {
  const parts = text.split(',')
  if (parts.length > maxCriteria) throw new CriteriaError(`has more than ${maxCriteria} criteria`, index, 0)
  let offset = 0
  return parts.map((part) => {
    const start = offset + (part.length - part.trimStart().length)
    offset += part.length + 1
    return parseOne(part.trim(), index, start)
  })
}

const parsed = new Map<string, Criteria>()

/** @throws CriteriaError */
const criteriaOf = (text: CriteriaText): Criteria => {
  const texts = typeof text === 'string' ? [text] : text
  const key = texts.join('\n')
  const known = parsed.get(key)
  if (known !== undefined) return known
  if (texts.length === 0 || texts.length > maxCriteria)
    throw new CriteriaError(`has to have between one and ${maxCriteria} criteria`, 0, 0)
  const criteria = texts.map((one, index) => parse(one, index))
  if (parsed.size > 500) parsed.clear()
  parsed.set(key, criteria)
  return criteria
}

/** Whether a text is meant as criteria: it begins with a comparison. */
export const looksLikeCriteria = (value: unknown): value is CriteriaText =>
  typeof value === 'string'
    ? /^\s*[<>=]/.test(value)
    : Array.isArray(value) && value.length > 0 && value.every((one) => looksLikeCriteria(one))

/** What is wrong with criteria; undefined where nothing is. */
export const criteriaMistake = (text: CriteriaText): CriteriaError | undefined => {
  try {
    criteriaOf(text)
    return undefined
  } catch (error) {
    if (error instanceof CriteriaError) return error
    throw error
  }
}

type Truth = boolean | undefined

const holds = ({ compare, bound, relative }: Criterion, value: number, previous: number | undefined): Truth => {
  if (!relative) return compare(value, bound(0))
  return previous === undefined ? undefined : compare(value, bound(previous))
}

const every = (truths: ReadonlySet<Truth>): Truth =>
  truths.has(false) ? false : truths.has(undefined) ? undefined : true

const some = (truths: ReadonlySet<Truth>): Truth =>
  truths.has(true) ? true : truths.has(undefined) ? undefined : false

const judge = (criteria: Criteria, value: number, previous: number | undefined): Truth =>
  some(new Set(criteria.map((list) => every(new Set(list.map((criterion) => holds(criterion, value, previous)))))))

/** Whether a value meets criteria. What cannot be told without a previous value is not met. */
export const meets = (value: number, previous: number | undefined, text: CriteriaText): boolean =>
  judge(criteriaOf(text), value, previous) === true

/** Whether criteria cannot be decided for a value without a previous one. */
export const needsPrevious = (value: number, text: CriteriaText): boolean =>
  judge(criteriaOf(text), value, undefined) === undefined

/** Whether any of the criteria says something without a previous value. */
export const hasAbsolute = (text: CriteriaText): boolean =>
  criteriaOf(text)
    .flat()
    .some(({ relative }) => !relative)
