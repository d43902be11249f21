import * as z from 'zod'

/** A measure: finite, and not negative. */
const measure = z.number().nonnegative()

const values = z.object({
  count: measure.optional(),
  rate: measure.optional(),
  value: measure.optional(),
  passes: measure.optional(),
  fails: measure.optional(),
  matches: measure.optional(),
  total: measure.optional(),
  max: measure.optional(),
  med: measure.optional(),
  'p(50)': measure.optional(),
  'p(90)': measure.optional(),
  'p(95)': measure.optional(),
  'p(99)': measure.optional(),
  p50: measure.optional(),
  p90: measure.optional(),
  p95: measure.optional(),
  p99: measure.optional(),
})
export type Values = z.infer<typeof values>

/** What one metric says, whichever shape it came in. */
export interface Metric {
  values: Values
  thresholds: readonly { condition: string; met: boolean }[]
}

// `--summary-export` says of a threshold whether it was crossed, `handleSummary` whether it is met.
const flat = values.extend({ thresholds: z.record(z.string(), z.boolean()).optional() })
const nested = z.object({ values, thresholds: z.record(z.string(), z.object({ ok: z.boolean() })).optional() })

const metric = z.union([nested, flat]).transform((given): Metric => {
  if ('values' in given)
    return {
      values: given.values,
      thresholds: Object.entries(given.thresholds ?? {}).map(([condition, { ok }]) => ({ condition, met: ok })),
    }
  const { thresholds = {}, ...own } = given
  return {
    values: own,
    thresholds: Object.entries(thresholds).map(([condition, crossed]) => ({ condition, met: !crossed })),
  }
})

/** Gauges of `data_received` and the like may be anything: only what is about HTTP and users is looked at. */
const ofInterest = (name: string): boolean =>
  /^(?:http_reqs?|http_req_duration|http_req_failed|vus|vus_max)(?:\{|$)/.test(name)

const picked = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).filter(([name, value]) => ofInterest(name) || hasThresholds(value)))

const hasThresholds = (value: unknown): boolean => typeof value === 'object' && value !== null && 'thresholds' in value

/** What `handleSummary` is given, and `--summary-export` writes. */
export const Summary = z.object({
  state: z.object({ testRunDurationMs: measure.optional() }).optional(),
  metrics: z.preprocess(
    (given) => (typeof given === 'object' && given !== null ? picked(given as Record<string, unknown>) : given),
    z.record(z.string(), metric),
  ),
})

const listed = z.object({
  name: z.string(),
  values: z.unknown(),
  thresholds: z.array(z.object({ source: z.string().optional(), ok: z.boolean().optional() })).nullish(),
})

/** What k6 writes since 1.5 with `--new-machine-readable-summary`. */
export const MachineSummary = z.object({
  version: z.string(),
  config: z.object({ duration: measure.optional() }).optional(),
  metadata: z.object({ generated_at: z.string().optional(), k6_version: z.string().optional() }).optional(),
  results: z.object({
    metrics: z.array(listed).transform((list, context) => {
      const metrics: Record<string, Metric> = {}
      for (const { name, values: given } of list.filter((entry) => ofInterest(entry.name))) {
        const parsed = values.safeParse(given)
        if (!parsed.success) context.addIssue({ code: 'custom', message: 'not a metric', path: [name.slice(0, 80)] })
        else metrics[name] = { values: parsed.data, thresholds: [] }
      }
      return metrics
    }),
    thresholds: z
      .array(
        z.object({
          metric: z.string().optional(),
          name: z.string().optional(),
          source: z.string().optional(),
          ok: z.boolean().optional(),
        }),
      )
      .nullish(),
  }),
})
