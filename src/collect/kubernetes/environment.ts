import { asList, asMapping, asText, type Mapping } from '../shape.ts'
import { isAccessKeyName } from '../access-keys.ts'
import { containerSubject } from './container-facts.ts'
import { secretName, secretShape, valueKindOf } from './sensitive.ts'
import type { PodContainer, Workload } from './workloads.ts'
import type { World } from './world.ts'

/** Whether a value that stands under a secret's name is none all the same: a switch, a number of them, a path, an address. */
const isHarmless = (value: string): boolean =>
  /^(true|false|yes|no|on|off|\d{1,6}|none|null)$/i.test(value) ||
  /^\.?\/[\w./-]*$/.test(value) ||
  (/^[a-z][a-z0-9+.-]*:\/\//i.test(value) && secretShape(value) === undefined)

/** Whether a name and its value are those of a secret. */
export const looksSecret = (name: string, value: string): boolean =>
  secretShape(value) !== undefined || (secretName(name) !== undefined && !isHarmless(value.trim()))

const sourceOf = (variable: Mapping): 'literal' | 'secret' | 'config-map' | 'field' | 'none' => {
  const from = asMapping(variable['valueFrom'])
  if (from === undefined) return asText(variable['value']) === undefined ? 'none' : 'literal'
  if (asMapping(from['secretKeyRef']) !== undefined) return 'secret'
  return asMapping(from['configMapKeyRef']) === undefined ? 'field' : 'config-map'
}

/** Emits one fact for each variable of a container's `env`. Values are looked at here and go no further. */
export const emitEnvironment = (workload: Workload, container: PodContainer, world: World): void => {
  const seen = new Set<string>()
  const list = asList(container.value['env']) ?? []
  const names = list.flatMap((item) => asText(asMapping(item)?.['name']) ?? [])
  for (const item of list) {
    const variable = asMapping(item)
    const name = asText(variable?.['name'])
    if (variable === undefined || name === undefined) continue
    const value = asText(variable['value']) ?? ''
    const from = sourceOf(variable)
    world.sink.fact({
      kind: 'kubernetes.environment-variable',
      subject: containerSubject(workload, container),
      place: workload.object.document.at(variable),
      value: {
        name,
        container: container.name,
        workload: workload.id,
        from,
        looksSecret: isAccessKeyName(name, names) ? secretShape(value) !== undefined : looksSecret(name, value),
        valueKind: from === 'literal' ? valueKindOf(value) : 'none',
        setTwice: seen.has(name),
      },
    })
    seen.add(name)
  }
}
