import { asBoolean, asText } from '../shape.ts'
import { resolve } from './interpolation.ts'

/** What Compose itself takes for true, in quotes or not, as a default of a variable or not. */
const yes = /^(true|yes|y|on|1|t)$/i

export const isTrue = (flag: unknown): boolean =>
  asBoolean(flag) === true || yes.test(resolve(asText(flag) ?? '').text.trim())
