import * as z from 'zod'
import { instant, type EvidenceFormat } from '../format.ts'
import { JsonShapes } from '../json/shapes.ts'
import { billEvidence } from '../scans/bill.ts'
import { line, listOf } from '../scans/fields.ts'
import { hasKeys, likeness } from '../scans/json-head.ts'
import { readPaths, refuse, taking } from '../scans/read-paths.ts'
import { digestOf } from '../scans/subject.ts'

const Component = z.object({ type: line, name: line, version: line, purl: line, cpe: line })
const Tool = z.object({ name: line, version: line })
const Tools = z.union([z.array(Tool), z.object({ components: listOf(Tool), services: listOf(Tool) })]).nullish()

/** The name and the version, as far as there is one: syft built by hand calls its own `[not provided]`. */
const toolName = ({ name, version }: z.infer<typeof Tool>): string[] =>
  name === undefined ? [] : [version === undefined || version.startsWith('[') ? name : `${name} ${version}`]

/** CycloneDX as JSON. Files are no components: they have no version that could be looked up. */
export const cyclonedx: EvidenceFormat = {
  kind: 'sbom',
  name: 'cyclonedx',
  recognise: (head) =>
    likeness(
      head,
      (_, list) =>
        !list &&
        (/"bomFormat"\s*:\s*"CycloneDX"/.test(head) ||
          /cyclonedx\.org\/schema/.test(head) ||
          (hasKeys(head, 'components') && head.includes('"bom-ref"'))),
    ),
  parse: async (text) => {
    let form: unknown
    let specification: string | undefined
    let createdAt: string | undefined
    let subject: z.infer<typeof Component> | undefined
    let tools: string[] = []
    let components = 0
    let identified = 0
    const shapes = new JsonShapes({ '': 'object', components: 'list' })
    const refused = await readPaths(
      text,
      {
        bomFormat: ({ value }) => void (form = value),
        specVersion: taking(line, (version) => void (specification = version)),
        'metadata.timestamp': taking(line, (at) => void (createdAt = instant(at))),
        'metadata.tools': taking(Tools, (list) => {
          const all = Array.isArray(list) ? list : [...(list?.components ?? []), ...(list?.services ?? [])]
          tools = all.slice(0, 20).flatMap(toolName)
        }),
        'metadata.component': taking(Component, (component) => void (subject = component)),
        'components.*': taking(Component, ({ type, purl, cpe }) => {
          if (type === 'file') return
          components++
          if (purl !== undefined || cpe !== undefined) identified++
        }),
      },
      { shapes },
    )
    if (refused !== undefined) return { refused }
    if (form !== 'CycloneDX' || specification === undefined)
      return refuse('schema', 'does not say that it is CycloneDX, or of which version')
    const { name, version, type, purl } = subject ?? {}
    const digest = digestOf(version) ?? digestOf(purl?.replace('%3A', ':').split('?')[0]) ?? digestOf(name)
    return billEvidence(
      text.path,
      { format: 'cyclonedx', specification, components, identified, tools, image: type === 'container' },
      { name, version, digest },
      createdAt,
    )
  },
}
