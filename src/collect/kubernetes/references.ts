import type { FactValue } from '../../core/facts/index.ts'
import { asBoolean, asList, asMapping, asText, defined, type Mapping } from '../shape.ts'
import { mappingsOf, type KubernetesObject } from './objects.ts'
import { isComputed } from './recognise.ts'
import type { Workload } from './workloads.ts'
import type { World } from './world.ts'

type ReferenceKind = FactValue<'kubernetes.reference'>['kind']

interface Named {
  kind: ReferenceKind
  holder: Mapping
  field: 'name' | 'secretName' | 'claimName'
}

const wellKnown = new Set([
  'ConfigMap/kube-root-ca.crt',
  'ConfigMap/openshift-service-ca.crt',
  'ServiceAccount/default',
])

/** Kinds whose controllers make a Secret of their own name, or of the name in `spec.target.name` or `spec.secretName`. */
const makersOfSecrets = new Set([
  'SealedSecret',
  'ExternalSecret',
  'Certificate',
  'VaultStaticSecret',
  'VaultDynamicSecret',
  'OnePasswordItem',
  'SecretProviderClass',
  'KubernetesSecret',
  'ClusterExternalSecret',
])

const keysOf = (object: KubernetesObject): ReadonlySet<string> =>
  new Set(['data', 'stringData', 'binaryData'].flatMap((part) => Object.keys(asMapping(object.value[part]) ?? {})))

/** What a manifest says it makes: `Secret/name` of sealed secrets, external secrets and certificates. */
export const madeSecrets = (objects: readonly KubernetesObject[]): Set<string> =>
  new Set(
    objects
      .filter(({ kind }) => makersOfSecrets.has(kind))
      .flatMap(({ name, spec }) => {
        const target = asText(asMapping(spec['target'])?.['name']) ?? asText(asMapping(spec['destination'])?.['name'])
        return [name, asText(spec['secretName']), target]
          .filter((one) => one !== undefined)
          .map((one) => `Secret/${one}`)
      }),
  )

const emitOne = (
  object: KubernetesObject,
  { kind, holder, field }: Named,
  made: ReadonlySet<string>,
  world: World,
): void => {
  const name = asText(holder[field])
  if (name === undefined || name === '') return
  const id = `${kind}/${name}`
  world.used.add(id)
  const key = asText(holder['key'])
  const elsewhere = made.has(id) || world.kustomized.generated.has(id)
  const found = world.find(kind, name, object.namespace, object.path)
  world.sink.fact({
    kind: 'kubernetes.reference',
    subject: object.id,
    place: object.document.at(holder, field),
    value: defined({
      kind,
      name,
      key,
      by: object.id,
      optional: asBoolean(holder['optional']) ?? false,
      computed: isComputed(name) || (found.length === 0 && !elsewhere && !world.complete),
      wellKnown: wellKnown.has(id),
      present: found.length > 0 || elsewhere,
      keyPresent: key === undefined || found.length === 0 || elsewhere || found.some((one) => keysOf(one).has(key)),
      kindKept: world.hasKind(kind) || elsewhere,
    }),
  })
}

const environmentOf = (container: Mapping): Named[] => {
  const sources = [
    ...(asList(container['env']) ?? []).map((item) => asMapping(asMapping(item)?.['valueFrom'])),
    ...(asList(container['envFrom']) ?? []).map(asMapping),
  ]
  return sources.flatMap((source) => [
    ...named('Secret', source?.['secretKeyRef'] ?? source?.['secretRef'], 'name'),
    ...named('ConfigMap', source?.['configMapKeyRef'] ?? source?.['configMapRef'], 'name'),
  ])
}

const named = (kind: ReferenceKind, value: unknown, field: Named['field']): Named[] => {
  const holder = asMapping(value)
  return holder === undefined ? [] : [{ kind, holder, field }]
}

const volumesOf = ({ pod, object }: Workload): Named[] => {
  // A StatefulSet puts the claims of its templates in the place of volumes of that name.
  const made = new Set(
    mappingsOf(object.spec['volumeClaimTemplates']).map((claim) => asText(asMapping(claim['metadata'])?.['name'])),
  )
  return mappingsOf(pod['volumes']).flatMap((volume) => {
    const projected = asList(asMapping(volume['projected'])?.['sources']) ?? []
    return [
      ...named('Secret', volume['secret'], 'secretName'),
      ...named('ConfigMap', volume['configMap'], 'name'),
      ...(made.has(asText(volume['name']))
        ? []
        : named('PersistentVolumeClaim', volume['persistentVolumeClaim'], 'claimName')),
      ...projected.flatMap((source) => [
        ...named('Secret', asMapping(source)?.['secret'], 'name'),
        ...named('ConfigMap', asMapping(source)?.['configMap'], 'name'),
      ]),
    ]
  })
}

/** Emits one fact for each ConfigMap, Secret, claim and account that a workload names. */
export const emitReferences = (workload: Workload, made: ReadonlySet<string>, world: World): void => {
  const { pod, object } = workload
  const account = asText(pod['serviceAccountName'])
  const all: Named[] = [
    ...workload.containers.flatMap(({ value }) => environmentOf(value)),
    ...volumesOf(workload),
    ...(asList(pod['imagePullSecrets']) ?? []).flatMap((item) => named('Secret', item, 'name')),
  ]
  for (const one of all) emitOne(object, one, made, world)
  if (account === undefined) return
  const id = `ServiceAccount/${account}`
  const present = world.find('ServiceAccount', account, object.namespace, object.path).length > 0
  world.sink.fact({
    kind: 'kubernetes.reference',
    subject: object.id,
    place: object.document.at(pod, 'serviceAccountName'),
    value: {
      kind: 'ServiceAccount',
      name: account,
      by: object.id,
      optional: false,
      computed: isComputed(account) || (!present && !world.complete),
      wellKnown: wellKnown.has(id),
      present,
      keyPresent: true,
      kindKept: world.hasKind('ServiceAccount'),
    },
  })
}

/** How deep custom resources are searched for the Secrets that they name. */
const maxSearchDepth = 12

/** Every Secret that any other kind of object names, in whatever field has `secret` in its name. */
export const noteNamedSecrets = (value: unknown, used: Set<string>, within = '', depth = 0): void => {
  if (depth > maxSearchDepth) return
  const list = asList(value)
  if (list !== undefined) {
    for (const item of list) {
      if (typeof item === 'string' && within.includes('secret')) used.add(`Secret/${item}`)
      noteNamedSecrets(item, used, within, depth + 1)
    }
    return
  }
  for (const [key, part] of Object.entries(asMapping(value) ?? {})) {
    const name = key.toLowerCase()
    if (typeof part === 'string' && (name.includes('secret') || (name === 'name' && within.includes('secret'))))
      used.add(`Secret/${part}`)
    else if (typeof part === 'object') noteNamedSecrets(part, used, name === 'ref' ? within : name, depth + 1)
  }
}
