import type { Fact } from '../../../core/facts/index.ts'

const scansIn = (facts: readonly Fact[]): Fact<'vulnerabilities.scan'>[] =>
  facts.filter((fact): fact is Fact<'vulnerabilities.scan'> => fact.kind === 'vulnerabilities.scan')

const imagesIn = (facts: readonly Fact[]): Fact<'vulnerabilities.scan'>['value'][] =>
  scansIn(facts).flatMap(({ value }) => (value.artifactType === 'container_image' ? [value] : []))

/** One fact for all scans together; nothing where there is none. */
export const scansTotal = (facts: readonly Fact[]): Fact[] => {
  const scans = scansIn(facts)
  const [one] = scans
  if (one === undefined) return []
  const tools = [...new Set(scans.map(({ value }) => value.tool))].sort()
  const images = [...new Set(imagesIn(facts).map(({ artifact }) => artifact))].sort()
  return [
    {
      kind: 'vulnerabilities.total',
      subject: 'all scans',
      place: one.place,
      value: { scans: scans.length, tools, images: images.slice(0, 100) },
    },
  ]
}

/** An image without its tag and digest. */
const nameOf = (image: string): string => (image.split('@')[0] ?? '').replace(/:[^/:]*$/, '')
const tagOf = (image: string): string | undefined => /:([^/:@]+)(?:@|$)/.exec(image.split('@')[0] ?? '')?.[1]

/** Says of bills of materials whether the image that they are of is one that was scanned. */
export const matchSboms = (facts: readonly Fact[]): Fact[] => {
  const images = imagesIn(facts)
  return facts.map((fact) => {
    if (fact.kind !== 'sbom.document') return fact
    const { value, ...rest } = fact as Fact<'sbom.document'>
    const { subject, version, digest } = value
    if (!value.image || subject === undefined || images.length === 0) return fact
    const states = new Set(
      images.map((image) => {
        if (digest !== undefined && image.digest !== undefined) return digest === image.digest ? 'yes' : 'no'
        if (nameOf(image.artifact) !== nameOf(subject)) return 'no'
        const [own, other] = [tagOf(subject) ?? version, tagOf(image.artifact)]
        if (own === undefined || other === undefined || own.startsWith('sha256:')) return 'unknown'
        return own === other ? 'yes' : 'no'
      }),
    )
    const scanned = (['yes', 'unknown'] as const).find((state) => states.has(state)) ?? 'no'
    const names = [...new Set(images.map(({ artifact }) => artifact))].sort().slice(0, 20)
    return { ...rest, value: { ...value, scanned, images: names } }
  })
}
