import type { Fact, FactValue } from '../../../core/facts/index.ts'
import { graver } from './severity.ts'

type Vulnerability = Fact<'vulnerabilities.vulnerability'>
type Value = FactValue<'vulnerabilities.vulnerability'>

const fixes: readonly Value['fix'][] = ['available', 'none', 'unknown']
const reaches: readonly Value['reach'][] = ['called', 'imported', 'required', 'unknown']
const first = <T>(order: readonly T[], a: T, b: T): T => (order.indexOf(a) <= order.indexOf(b) ? a : b)

const versionOf = ({ installed }: Value): string => installed.replace(/^(?:v|go)(?=\d)/, '')

/** A package as all scanners call it: Maven's group is written by some alone. */
const packageOf = ({ packageName }: Value): string => packageName.toLowerCase().split(':').at(-1) ?? ''

const isSame = (a: Value, b: Value): boolean => {
  const versions = [versionOf(a), versionOf(b)]
  if (versions[0] !== versions[1] && !versions.includes('(no version)')) return false
  // Most scanners of lock files do not name what they looked at.
  if (a.artifact === b.artifact || a.artifact === '.' || b.artifact === '.') return true
  // The same hole in two images, or in two folders that one scanner looked at, is to be repaired twice.
  if (a.artifactType === 'container_image' && b.artifactType === 'container_image') return false
  return !a.tools.some((tool) => b.tools.includes(tool))
}

const join = (a: Value, b: Value): Value => {
  const [main, other] = b.artifactType === 'container_image' && a.artifactType !== 'container_image' ? [b, a] : [a, b]
  const { published = other.published, fixed = other.fixed, title = other.title } = main
  const earliest = [published, other.published].filter((day) => day !== undefined).sort()[0]
  return {
    ...main,
    installed: main.installed === '(no version)' ? other.installed : main.installed,
    severity: graver(a.severity, b.severity),
    fix: first(fixes, a.fix, b.fix),
    reach: first(reaches, a.reach, b.reach),
    aliases: [...new Set([...main.aliases, other.id, ...other.aliases])].filter((id) => id !== main.id).slice(0, 20),
    tools: [...new Set([...a.tools, ...b.tools])].sort(),
    targets: a.targets + b.targets,
    ...(earliest === undefined ? {} : { published: earliest }),
    ...(fixed === undefined ? {} : { fixed }),
    ...(title === undefined ? {} : { title }),
  }
}

/** Makes one vulnerability of what several scanners found alike: the same number or alias, of the same version of a package. */
export const foldVulnerabilities = (facts: readonly Fact[]): Fact[] => {
  const known = new Map<string, Vulnerability[]>()
  const folded: Fact[] = []
  for (const fact of facts) {
    if (fact.kind !== 'vulnerabilities.vulnerability') {
      folded.push(fact)
      continue
    }
    const one = fact as Vulnerability
    const keys = [one.value.id, ...one.value.aliases].map((id) => `${packageOf(one.value)}\n${id.toUpperCase()}`)
    // A number has few facts: one for each version and image.
    const same = keys.flatMap((key) => known.get(key)?.slice(0, 50) ?? []).find(({ value }) => isSame(value, one.value))
    const kept = same ?? { ...one }
    if (same === undefined) folded.push(kept)
    else same.value = join(same.value, one.value)
    for (const key of keys) {
      const list = known.get(key)
      if (list === undefined) known.set(key, [kept])
      else if (!list.includes(kept)) list.push(kept)
    }
  }
  return folded
}
