import { startOf } from '../../../core/facts/place.ts'
import type { Fact } from '../../../core/facts/index.ts'
import { defined } from '../../shape.ts'
import type { Evidence } from '../format.ts'

type Bill = Omit<Fact<'sbom.document'>['value'], 'scanned' | 'images' | 'subject' | 'version' | 'digest'>

/** What a bill of materials is of, where it says so. */
interface Subject {
  name: string | undefined
  version: string | undefined
  digest: string | undefined
}

/** The evidence of one bill of materials. */
export const billEvidence = (
  path: string,
  bill: Bill,
  { name, version, digest }: Subject,
  createdAt: string | undefined,
): Evidence => ({
  facts: [
    {
      kind: 'sbom.document',
      subject: `bill of materials ${name ?? path}`,
      place: startOf(path),
      value: { ...bill, scanned: 'unknown', images: [], ...defined({ subject: name, version, digest }) },
    },
  ],
  answers: [],
  ...(createdAt === undefined ? {} : { createdAt }),
})
