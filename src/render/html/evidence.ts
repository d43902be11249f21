import type { Report } from '../../core/report.ts'
import { count } from '../words.ts'
import { Markup, markup } from './markup.ts'
import { table, type Section } from './section.ts'

const commit = (sha: string | null, judged: string | null): Markup => {
  if (sha === null) return markup`<span class="quiet">not said</span>`
  return sha === judged ? markup`this one` : markup`<code>${sha.slice(0, 12)}</code>`
}

/** What the pipelines left, for which commit and how old; or that there is none. */
export const evidenceSection = ({ evidence, subject }: Report): Section => ({
  id: 'evidence',
  title: 'Evidence',
  body:
    evidence.length === 0
      ? markup`<p class="intro">None was found. Rules that ask for evidence are unknown, which is never a pass.</p>`
      : table(
          `${count(evidence.length, 'file')} that pipelines left.`,
          [{ name: 'File' }, { name: 'Kind' }, { name: 'Format' }, { name: 'Commit' }, { name: 'Made' }],
          evidence.map(({ kind, format, path, sha, createdAt }) => [
            markup`<code>${path}</code>`,
            kind,
            format,
            commit(sha, subject.sha),
            createdAt === null ? markup`<span class="quiet">not said</span>` : createdAt,
          ]),
        ),
})
