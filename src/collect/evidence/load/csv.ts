import type { EvidenceText, Refusal } from '../format.ts'
import { readLines } from '../text-lines.ts'

/** Longer records end the reading. Characters. */
const maxRecordLength = 256_000

/** The fields of a record after RFC 4180, or undefined where a quote is still open at its end. */
export const fieldsOf = (record: string): string[] | undefined => {
  if (!record.includes('"')) return record.split(',')
  const fields: string[] = []
  let at = 0
  for (;;) {
    if (record[at] === '"') {
      let end = record.indexOf('"', at + 1)
      while (end >= 0 && record[end + 1] === '"') end = record.indexOf('"', end + 2)
      if (end < 0) return undefined
      fields.push(record.slice(at + 1, end).replaceAll('""', '"'))
      at = record.indexOf(',', end)
    } else {
      const end = record.indexOf(',', at)
      fields.push(record.slice(at, end < 0 ? undefined : end))
      at = end
    }
    if (at < 0) return fields
    at++
  }
}

export interface CsvRecord {
  /** The field under a heading. */
  get(heading: string): string | undefined
  line: number
}

type Complaint = { code: string; reason: string }

/**
 * Reads CSV with a line of headings. Fields may have line breaks in quotes.
 * @param each may return why the text is refused
 */
export const readCsv = async (
  text: EvidenceText,
  each: (record: CsvRecord) => Complaint | undefined,
): Promise<Refusal | undefined> => {
  let columns: Map<string, number> | undefined
  let open: { text: string; line: number } | undefined
  const refused = await readLines(text, ({ text: line, line: number }) => {
    const record = open === undefined ? { text: line, line: number } : { ...open, text: `${open.text}\n${line}` }
    if (record.text === '') return undefined
    const at = { line: record.line, column: 1 }
    if (record.text.length > maxRecordLength)
      return { code: 'too-large', reason: 'has a record that is too long', ...at }
    const fields = fieldsOf(record.text)
    open = fields === undefined ? record : undefined
    if (fields === undefined) return undefined
    if (columns === undefined) {
      columns = new Map(fields.map((heading, index) => [heading.replace(/^\uFEFF/, '').trim(), index]))
      return undefined
    }
    // A comma that was not quoted would shift every field after it.
    if (fields.length > columns.size)
      return { code: 'syntax', reason: 'has a record with more fields than headings', ...at }
    if (fields.length < columns.size) return { code: 'truncated', reason: 'has a record that is cut off', ...at }
    const known = columns
    const wrong = each({ get: (heading) => fields[known.get(heading) ?? -1], line: record.line })
    return wrong === undefined ? undefined : { ...wrong, ...at }
  })
  if (refused !== undefined) return refused
  if (open !== undefined) return { code: 'truncated', reason: 'is cut off before its end', line: open.line, column: 1 }
  return undefined
}
