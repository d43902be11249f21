import { asMapping, asNumber, asString, defined } from '../../shape.ts'

/** One event of `go test -json`; see `go doc test2json`. */
export interface GoEvent {
  action: string
  /** Empty where a test's binary was run outside of `go test`. */
  package: string
  test?: string
  output?: string
  elapsed?: number
  time?: string
  /** What could not be built, of an event about that. */
  importPath?: string
  failedBuild?: string
}

const textOf = (value: unknown): string | undefined => asString(value)

/** Undefined for what is no event. */
export const goEvent = (text: string): GoEvent | undefined => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const event = asMapping(value)
  const action = asString(event?.['Action'])
  if (event === undefined || action === undefined) return undefined
  return {
    action,
    package: textOf(event['Package']) ?? '',
    ...defined({
      test: textOf(event['Test']),
      output: textOf(event['Output']),
      elapsed: asNumber(event['Elapsed']),
      time: textOf(event['Time']),
      importPath: textOf(event['ImportPath']),
      failedBuild: textOf(event['FailedBuild']),
    }),
  }
}
