import * as z from 'zod'

/** A parameter's value. Its type is its default's type. */
export const ParameterValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])
