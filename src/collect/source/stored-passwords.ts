import type { Collected, Sink } from '../collector.ts'
import { worldOf } from '../databases/world.ts'
import { isExample } from './languages.ts'
import { lineAt } from './paths.ts'
import type { Reading } from './reading.ts'

const maxFound = 20

/** Names by which a column says that it holds the password itself. `encrypted_password` is what Devise calls its hash. */
const name =
  '(?:plain_?(?:text_?)?(?:password|passwd|pwd)|(?:password|passwd|pwd)_?(?:plain|clear)(?:_?text)?|clear_?text_?password|unencrypted_?password|decrypted_?password)'

/** A column of text, in the languages of schemas: SQL, Prisma, Django and SQLAlchemy. */
const sql = new RegExp(
  `(?:^|[(,]|\\badd\\s{1,9}(?:column\\s{1,9})?(?:if\\s{1,9}not\\s{1,9}exists\\s{1,9})?)\\s{0,40}["\`]?(${name})["\`]?\\s{1,20}(?:text|varchar|character|char|nvarchar|citext)\\b`,
  'gim',
)
const prisma = new RegExp(`^[ \\t]{1,20}(${name})[ \\t]{1,40}String\\b`, 'gim')
const python = new RegExp(
  `^[ \\t]{1,20}(${name})(?:\\s{0,4}:[^=\\n]{1,80})?\\s{0,4}=\\s{0,4}(?:models\\.(?:Char|Text)Field|(?:db\\.|sa\\.)?Column|mapped_column)\\(`,
  'gim',
)

/** Columns that keep passwords as they were typed. */
export const relateStoredPasswords = ({ texts }: Reading, collected: Collected, sink: Sink): void => {
  const { migrations, scripts } = worldOf(collected.tree)
  const schemas = [
    ...[...migrations, ...scripts].map((file) => ({ ...file, pattern: sql })),
    ...texts.flatMap((file) =>
      file.test
        ? []
        : file.path.endsWith('.prisma')
          ? [{ ...file, pattern: prisma }]
          : file.language === 'python'
            ? [{ ...file, pattern: python }]
            : [],
    ),
  ]
  // A column that a migration took away is no more, whichever table had it.
  const dropped = new Set(
    [...migrations, ...scripts].flatMap(({ text }) =>
      [...text.matchAll(/\bdrop\s{1,9}column\s{1,9}(?:if\s{1,9}exists\s{1,9})?["`]?(\w{1,80})/gi)].map(
        ([, column = '']) => column.toLowerCase(),
      ),
    ),
  )
  let found = 0
  for (const { path, text, pattern } of schemas) {
    if (isExample(path) || !/pass|pwd/i.test(text)) continue
    for (const match of text.matchAll(pattern)) {
      const column = match[1] ?? ''
      if (pattern === sql && dropped.has(column.toLowerCase())) continue
      if (++found > maxFound) return
      const at = match.index + match[0].indexOf(column)
      sink.fact({
        kind: 'source.stored-password',
        subject: `column ${column}`,
        place: { path, line: lineAt(text, at), column: 1 },
        value: { column },
      })
    }
  }
}
