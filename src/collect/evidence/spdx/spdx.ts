import * as z from 'zod'
import { instant, type EvidenceFormat } from '../format.ts'
import { JsonShapes } from '../json/shapes.ts'
import { billEvidence } from '../scans/bill.ts'
import { line, listOf } from '../scans/fields.ts'
import { likeness } from '../scans/json-head.ts'
import { readPaths, refuse, taking } from '../scans/read-paths.ts'
import { digestOf } from '../scans/subject.ts'

const Package = z.object({
  SPDXID: line,
  name: line,
  versionInfo: line,
  primaryPackagePurpose: line,
  externalRefs: listOf(z.object({ referenceType: line, referenceLocator: line })),
})
type Package = z.infer<typeof Package>

const Relationship = z.object({ spdxElementId: line, relationshipType: line, relatedSpdxElement: line })

/** Packages that may be the subject are kept until the relations, which stand at the end, tell which one is. */
const maxCandidates = 50

const isIdentified = ({ externalRefs }: Package): boolean =>
  externalRefs.some(({ referenceType }) => referenceType === 'purl' || /^cpe2[23]Type$/.test(referenceType ?? ''))

/** SPDX 2.x as JSON. */
export const spdx: EvidenceFormat = {
  kind: 'sbom',
  name: 'spdx',
  recognise: (head) =>
    likeness(
      head,
      (_, list) => !list && (/"spdxVersion"\s*:/.test(head) || /"@context"\s*:\s*"https:\/\/spdx\.org\//.test(head)),
    ),
  parse: async (text) => {
    let specification: string | undefined
    let documentName: string | undefined
    let createdAt: string | undefined
    let graph = false
    const tools: string[] = []
    const described = new Set<string>()
    const candidates = new Map<string, Package>()
    let packages = 0
    let identified = 0
    const shapes = new JsonShapes({ '': 'object', packages: 'list' })
    const refused = await readPaths(
      text,
      {
        spdxVersion: taking(line, (version) => void (specification = version?.replace(/^SPDX-/, ''))),
        '@context': () => void (graph = true),
        name: taking(line, (name) => void (documentName = name)),
        'creationInfo.created': taking(line, (at) => void (createdAt = instant(at))),
        'creationInfo.creators.*': taking(line, (creator) => {
          const tool = /^Tool: (.+)$/.exec(creator ?? '')?.[1]
          if (tool !== undefined && tools.length < 20) tools.push(tool)
        }),
        'documentDescribes.*': taking(line, (id) => {
          if (id !== undefined && described.size < 1000) described.add(id)
        }),
        'packages.*': taking(Package, (one) => {
          packages++
          if (isIdentified(one)) identified++
          const may =
            packages === 1 || one.primaryPackagePurpose === 'CONTAINER' || /DocumentRoot/.test(one.SPDXID ?? '')
          if (may && one.SPDXID !== undefined && candidates.size < maxCandidates) candidates.set(one.SPDXID, one)
        }),
        'relationships.*': taking(Relationship, (relation) => {
          if (relation.relationshipType === 'DESCRIBES' && relation.spdxElementId === 'SPDXRef-DOCUMENT')
            if (relation.relatedSpdxElement !== undefined && described.size < 1000)
              described.add(relation.relatedSpdxElement)
        }),
      },
      { shapes },
    )
    if (refused !== undefined) return { refused }
    if (graph) return refuse('version', 'is of SPDX 3; SPDX 2.2 and 2.3 as JSON are read')
    if (specification === undefined || !/^2\.\d$/.test(specification))
      return refuse('version', 'does not say that it is of SPDX 2')
    const [subject] = [...described].flatMap((id) => candidates.get(id) ?? [])
    const root = subject === undefined ? 0 : 1
    const version = subject?.versionInfo
    const purl = subject?.externalRefs.find(({ referenceType }) => referenceType === 'purl')?.referenceLocator
    const image = subject?.primaryPackagePurpose === 'CONTAINER' || purl?.startsWith('pkg:oci/') === true
    const name = subject?.name ?? documentName
    const digest = digestOf(version) ?? digestOf(purl?.replace('%3A', ':').split('?')[0])
    return billEvidence(
      text.path,
      {
        format: 'spdx',
        specification,
        tools,
        image,
        components: packages - root,
        identified: identified - (subject !== undefined && isIdentified(subject) ? 1 : 0),
      },
      { name, version, digest },
      createdAt,
    )
  },
}
