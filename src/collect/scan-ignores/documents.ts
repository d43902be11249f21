import { asList, asMapping, asText, defined } from '../shape.ts'
import type { YamlDocument } from '../yaml/yaml-file.ts'
import { dayIn, wordsIn, type IgnoreEntry } from './entry.ts'

const lists = ['vulnerabilities', 'misconfigurations', 'secrets', 'licenses']

/** `.trivyignore.yaml` */
export const readTrivyYaml = (document: YamlDocument): IgnoreEntry[] => {
  const root = asMapping(document.value)
  return lists.flatMap((list) =>
    (asList(root?.[list]) ?? []).flatMap((item): IgnoreEntry[] => {
      const entry = asMapping(item)
      const id = wordsIn(entry?.['id'])
      if (entry === undefined || id === undefined) return []
      const [because, until] = [wordsIn(entry['statement']), dayIn(entry['expired_at'])]
      const of = { tool: 'trivy', id, scope: 'vulnerability', canExpire: true } as const
      return [{ ...of, ...defined({ because, until }), place: document.at(entry) }]
    }),
  )
}

/** `.grype.yaml`. A rule without a number can leave out every hole of a package, a folder or a state. */
export const readGrype = (document: YamlDocument): IgnoreEntry[] =>
  (asList(asMapping(document.value)?.['ignore']) ?? []).flatMap((item): IgnoreEntry[] => {
    const entry = asMapping(item)
    if (entry === undefined) return []
    const number = wordsIn(entry['vulnerability'])
    const of = asMapping(entry['package'])
    const words = [asText(of?.['name']), asText(of?.['location']), asText(entry['fix-state'])].filter(Boolean).join(' ')
    const because = wordsIn(entry['reason'])
    return [
      {
        tool: 'grype',
        id: number ?? wordsIn(words) ?? '(all)',
        scope: number === undefined ? 'everything' : 'vulnerability',
        canExpire: false,
        ...defined({ because }),
        place: document.at(entry),
      },
    ]
  })

/** `.snyk`: by number, a list of paths with what is said of each. */
export const readSnyk = (document: YamlDocument): IgnoreEntry[] => {
  const ignore = asMapping(asMapping(document.value)?.['ignore'])
  return Object.entries(ignore ?? {}).flatMap(([id, list]) =>
    (asList(list) ?? []).flatMap((item): IgnoreEntry[] => {
      const [said] = Object.values(asMapping(item) ?? {})
      const entry = asMapping(said) ?? {}
      const [because, until] = [wordsIn(entry['reason']), dayIn(entry['expires'])]
      const of = { tool: 'snyk', id: wordsIn(id) ?? '(no number)', scope: 'vulnerability', canExpire: true } as const
      const place = document.at(ignore, id)
      return [{ ...of, ...defined({ because: because === 'None Given' ? undefined : because, until }), place }]
    }),
  )
}

/** `.nsprc` of better-npm-audit: by number, what is said of it. JSON, which is YAML too. */
export const readNsprc = (document: YamlDocument): IgnoreEntry[] => {
  const root = asMapping(document.value)
  return Object.entries(root ?? {}).flatMap(([id, said]): IgnoreEntry[] => {
    const entry = asMapping(said)
    if (entry === undefined || entry['active'] === false) return []
    const [because, until] = [wordsIn(entry['notes']), dayIn(entry['expiry'])]
    const of = { tool: 'npm audit', id: wordsIn(id) ?? '(no number)', scope: 'vulnerability', canExpire: true } as const
    return [{ ...of, ...defined({ because, until }), place: document.at(root, id) }]
  })
}
