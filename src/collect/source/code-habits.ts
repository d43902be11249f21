import type { Sink, TextFile } from '../collector.ts'
import { Lines } from '../lines.ts'
import type { Language } from './languages.ts'

const maxFound = 50

/** SQL with a quoted place that formatting fills: a value, and no name of a table. */
const statement =
  /\b(?:SELECT\s[^"'`\n]{0,300}\s(?:FROM|WHERE)\s|SELECT\s{1,4}set_config\(|INSERT\s{1,4}INTO\s|UPDATE\s[^"'`\n]{1,100}\sSET\s|DELETE\s{1,4}FROM\s)/
const pasted: Partial<Record<Language, RegExp>> = {
  jvm: /"[^"\n]{0,500}'%s'[^"\n]{0,500}"|"[^"\n]{0,500}'"\s{0,4}\+\s{0,4}\w/g,
  go: /Sprintf\(\s{0,20}["`][^"`]{0,500}'%[sv]'[^"`]{0,500}["`]|"[^"\n]{0,500}'"\s{0,4}\+\s{0,4}\w/g,
  python:
    /\bf"""[^"]{0,1000}'\{\w[^"]{0,500}"""|\bf"[^"\n]{0,500}'\{\w[^"\n]{0,500}"|"[^"\n]{0,500}'%s'[^"\n]{0,500}"\s{0,4}%\s|"[^"\n]{0,500}'\{\}'[^"\n]{0,500}"\.format\(/g,
  javascript: /`[^`]{0,500}'\$\{\w[^`]{0,500}`|"[^"\n]{0,500}'"\s{0,4}\+\s{0,4}\w/g,
  csharp: /\$"[^"\n]{0,500}'\{\w[^"\n]{0,500}"|"[^"\n]{0,500}'"\s{0,4}\+\s{0,4}\w/g,
  php: /"[^"\n]{0,500}'\{?\$\w[^"\n]{0,500}"/g,
  ruby: /"[^"\n]{0,500}'#\{\w[^"\n]{0,500}"/g,
}

/** SQL that is pasted together. */
export const collectHabits = ({ path, text }: TextFile, language: Language, sink: Sink): void => {
  const pattern = pasted[language]
  let lines: Lines | undefined
  const place = (at: number): { path: string; line: number; column: number } => {
    lines ??= new Lines(text)
    return { path, ...lines.at(at) }
  }
  let found = 0
  if (pattern !== undefined && /SELECT|INSERT INTO|UPDATE|DELETE FROM/.test(text))
    for (const match of text.matchAll(pattern)) {
      if (!statement.test(match[0]) || ++found > maxFound) continue
      const at = match.index + Math.max(0, match[0].search(/["`]/))
      sink.fact({ kind: 'source.query', subject: 'query', place: place(at), value: { how: howOf(match[0]) } })
    }
}

const howOf = (text: string): string =>
  text.includes("'%")
    ? 'a format'
    : text.includes("'${") || text.includes("'{") || text.includes("'#{")
      ? 'a template'
      : 'concatenation'
