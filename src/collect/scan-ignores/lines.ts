import { defined } from '../shape.ts'
import { dayIn, wordsIn, type IgnoreEntry } from './entry.ts'

const words = (comment: string): string | undefined => wordsIn(comment.replace(/^#+/, ''))

/** `.trivyignore`: a number on each line, `exp:2026-12-31` behind it, and comments, of which those just above are its reason. */
export const readTrivyIgnore = (path: string, text: string): IgnoreEntry[] => {
  const entries: IgnoreEntry[] = []
  let above: string | undefined
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.slice(0, 1000).trim()
    if (line === '' || line.startsWith('#')) {
      above = line === '' ? undefined : (words(line) ?? above)
      continue
    }
    const hash = line.indexOf('#')
    const [id = '', ...rest] = (hash < 0 ? line : line.slice(0, hash)).trim().split(/\s+/)
    const until = rest.map((word) => (word.startsWith('exp:') ? dayIn(word.slice(4)) : undefined)).find(Boolean)
    const because = (hash < 0 ? undefined : words(line.slice(hash))) ?? above
    entries.push({
      tool: 'trivy',
      id,
      scope: 'vulnerability',
      canExpire: true,
      ...defined({
        because,
        until,
      }),
      place: {
        path,
        line: index + 1,
        column: 1,
      },
    })
  }
  return entries
}

const setting = /^([A-Za-z]{1,40})\s*=\s*(?:"([^"]{0,500})"|'([^']{0,500})'|([^#\s]{1,100}))/

/** `osv-scanner.toml`: the tables `[[IgnoredVulns]]`, and `[[PackageOverrides]]` that leave a package out. */
export const readOsvScanner = (path: string, text: string): IgnoreEntry[] => {
  const entries: IgnoreEntry[] = []
  let open: { table: string; line: number; settings: Map<string, string> } | undefined
  const close = (): void => {
    if (open === undefined) return
    const { table, line, settings } = open
    const own = table === 'IgnoredVulns' ? settings.get('id') : settings.get('name')
    const leavesOut = table === 'IgnoredVulns' || settings.get('ignore') === 'true'
    if (!leavesOut) return
    const until = dayIn(settings.get(table === 'IgnoredVulns' ? 'ignoreUntil' : 'effectiveUntil'))
    const because = wordsIn(settings.get('reason'))
    entries.push({
      tool: 'osv-scanner',
      id: wordsIn(own) ?? table,
      scope: own === undefined || table === 'PackageOverrides' ? 'everything' : 'vulnerability',
      canExpire: true,
      ...defined({ because, until }),
      place: { path, line, column: 1 },
    })
  }
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.slice(0, 1000).trim()
    const table = /^\[\[?\s*([A-Za-z.]{1,60})\s*\]\]?/.exec(line)?.[1]
    if (table !== undefined) {
      close()
      const known = table === 'IgnoredVulns' || table === 'PackageOverrides'
      if (known) open = { table, line: index + 1, settings: new Map() }
      // `[PackageOverrides.vulnerability]` belongs to the table before it.
      else if (open !== undefined && !table.startsWith(`${open.table}.`)) open = undefined
      continue
    }
    const [, key, ...values] = setting.exec(line) ?? []
    if (key !== undefined) open?.settings.set(key, values.find((value) => value !== undefined) ?? '')
  }
  close()
  return entries
}
