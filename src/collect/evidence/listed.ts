import type { Fact } from '../../core/facts/index.ts'
import { startOf } from '../../core/facts/place.ts'
import type { EvidenceKind } from '../../core/evidence-kinds.ts'
import type { Report } from '../../core/report.ts'
import type { EvidenceFile } from '../../ports/evidence-files.ts'
import { defined } from '../shape.ts'
import type { EvidenceDemands } from './demands.ts'
import type { Evidence } from './format.ts'
import type { Provenance } from './provenance.ts'
import type { Read } from './read-one.ts'
import { sayingOf } from './says.ts'

type Listed = Report['evidence'][number]
export type Refused = NonNullable<Report['refused']>[number]

/** One file of evidence as the report lists it. */
export const listedOf = (
  kind: EvidenceKind,
  { path, size }: EvidenceFile,
  { evidence, format, origin }: { evidence: Evidence; format: string; origin: Provenance },
): Listed => ({
  kind,
  format,
  path,
  sha: origin.sha,
  createdAt: origin.createdAt,
  size,
  says: sayingOf(evidence, kind),
  ...defined({ tool: evidence.tool, shaFrom: origin.shaFrom, createdFrom: origin.createdFrom }),
  ...(origin.committed ? { committed: true } : {}),
})

const ageDays = (now: Date | undefined, createdAt: string | null): number | undefined =>
  now === undefined || createdAt === null
    ? undefined
    : Math.max(0, Math.floor((now.getTime() - Date.parse(createdAt)) / 86_400_000))

/** Where one file comes from, as a fact that rules can be about. */
export const provenanceFact = (
  kind: EvidenceKind,
  { path, size }: EvidenceFile,
  read: Exclude<Read, { skipped: true }>,
  { now }: EvidenceDemands,
): Fact<'evidence.file'> => {
  const { origin, refused, format = 'unknown' } = read
  const tool = 'evidence' in read ? read.evidence.tool : read.tool
  return {
    kind: 'evidence.file',
    subject: `${kind} evidence ${path}`,
    place: startOf(path),
    value: {
      evidenceKind: kind,
      format,
      size,
      committed: origin.committed,
      accepted: origin.accepted,
      counts: refused === undefined,
      ...defined({
        tool: tool?.name,
        toolVersion: tool?.version,
        sha: origin.sha ?? undefined,
        shaFrom: origin.shaFrom,
        createdAt: origin.createdAt ?? undefined,
        createdFrom: origin.createdFrom,
        ageDays: ageDays(now, origin.createdAt),
        refusal: refused?.code,
      }),
    },
  }
}
