/** `1 rule`, `3 rules`; `1 match`, `2 matches` with the plural given. */
export const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`

const minutesInDay = 480

/** Minutes of work as a person says it: `15 min`, `2 h 30 min`, `1 d 4 h`; a day has eight hours. */
export const duration = (minutes: number): string => {
  const days = Math.floor(minutes / minutesInDay)
  const hours = Math.floor((minutes % minutesInDay) / 60)
  const rest = minutes % 60
  const parts = [days > 0 ? `${days} d` : '', hours > 0 ? `${hours} h` : '', rest > 0 ? `${rest} min` : '']
  const said = parts.filter((part) => part !== '').join(' ')
  return said === '' ? '0 min' : said
}

/** The first few of a list, and how many are left: `a, b and 3 more`. */
export const firstOf = (list: readonly string[], most: number): string =>
  list.length <= most ? list.join(', ') : `${list.slice(0, most).join(', ')} and ${list.length - most} more`

/** The number of each severity among results, worst first: `2 medium, 5 low`. */
export const severityCounts = (results: readonly { severity: string }[]): string =>
  ['critical', 'high', 'medium', 'low']
    .map((severity) => [results.filter((result) => result.severity === severity).length, severity] as const)
    .filter(([number]) => number > 0)
    .map(([number, severity]) => `${number} ${severity}`)
    .join(', ')

/** `41–77`, or `41` where both bounds are one. */
export const range = (low: number, high: number): string => (low === high ? String(low) : `${low}–${high}`)

/** `path:line`, or words for what is about no file in particular. */
export const spot = ({ path, line }: { path: string; line: number }): string =>
  path === '.' ? 'repository' : `${path}:${line}`
