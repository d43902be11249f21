import { asMapping, asText, defined } from '../shape.ts'
import { looksSecret } from './environment.ts'
import type { KubernetesObject } from './objects.ts'
import { isSecretEntry, secretName, secretShape, valueKindOf } from './sensitive.ts'
import type { World } from './world.ts'

/** Bytes of base64 that are looked at: a key or a password is shorter, and a keystore is no text. */
const maxEncoded = 100_000

const alphabet = /^[A-Za-z0-9+/\s]*={0,2}\s*$/

/** Decodes base64 as text, byte for character; undefined for what is not base64. */
const decode = (text: string): string | undefined => {
  const compact = text.slice(0, maxEncoded).replace(/\s+/g, '')
  if (!alphabet.test(compact)) return undefined
  try {
    return atob(compact)
  } catch {
    return undefined
  }
}

const isEncrypted = ({ value }: KubernetesObject): boolean => asMapping(value['sops']) !== undefined

const emitEntry = (
  object: KubernetesObject,
  part: 'data' | 'stringData',
  key: string,
  value: string,
  validBase64: boolean,
  world: World,
  setting?: string,
): void => {
  const isSecret = object.kind === 'Secret'
  const kind = isEncrypted(object) && valueKindOf(value) !== 'none' ? 'encrypted' : valueKindOf(value)
  const sensitive = isSecret ? isSecretEntry(key, value) : looksSecret(setting ?? key, value)
  if (!isSecret && !sensitive) return
  world.sink.fact({
    kind: 'kubernetes.secret-entry',
    subject: object.id,
    place: object.document.at(object.value[part], key),
    value: {
      kind: isSecret ? 'Secret' : 'ConfigMap',
      name: object.name,
      key,
      sensitive,
      valueKind: kind,
      looksLike: secretShape(value) ?? secretName(setting ?? key) ?? 'secret',
      validBase64,
    },
  })
}

/** Lines of a settings file in a ConfigMap that are looked at, and characters of each. */
const maxLines = 2_000
const maxLineLength = 1_000

/** The first setting of a file in a ConfigMap that is a password or a key: `spring.datasource.password=…`, `token: …`. */
const secretSetting = (text: string): { key: string; value: string } | undefined => {
  if (!text.includes('\n')) return undefined
  for (const line of text.split('\n', maxLines)) {
    const match = /^\s{0,40}(?:export )?["']?([A-Za-z][\w.-]{0,100})["']?[ \t]{0,40}[=:][ \t]{0,40}(\S.*)$/.exec(
      line.slice(0, maxLineLength),
    )
    const key = match?.[1]
    const value = match?.[2]?.replace(/[,;\s]{1,9}$/, '').replace(/^(["'])(.*)\1$/, '$2')
    if (key === undefined || value === undefined || value.length < 4 || /[\s(){}<>[\]$]/.test(value)) continue
    if (secretName(key) !== undefined && looksSecret(key, value) && valueKindOf(value) === 'literal')
      return { key, value }
  }
  return undefined
}

/** Emits one fact for each entry of a Secret, and for each entry of a ConfigMap that looks like one. */
export const emitEntries = (object: KubernetesObject, world: World): void => {
  for (const part of ['data', 'stringData'] as const)
    for (const [key, raw] of Object.entries(asMapping(object.value[part]) ?? {})) {
      const text = asText(raw)
      if (text === undefined) continue
      const setting = object.kind === 'ConfigMap' ? secretSetting(text) : undefined
      if (setting !== undefined) {
        emitEntry(object, part, key, setting.value, true, world, setting.key)
        continue
      }
      const encoded = object.kind === 'Secret' && part === 'data' && valueKindOf(text) === 'literal'
      const decoded = encoded && !isEncrypted(object) ? decode(text) : text
      emitEntry(object, part, key, decoded ?? text, decoded !== undefined, world)
    }
}

/** Secrets that are read by their type or by their labels, and named nowhere. */
const readByType = /^(kubernetes\.io\/service-account-token|bootstrap\.kubernetes\.io\/token|helm\.sh\/release)/

/** Emits the fact of a Secret, once everything that may use it was read. */
export const emitSecret = (object: KubernetesObject, world: World): void => {
  const type = asText(object.value['type']) ?? 'Opaque'
  const byLabel = Object.keys(object.labels).some((key) =>
    /secret-type|argocd\.argoproj\.io|app\.kubernetes\.io\/managed-by/.test(key),
  )
  const byAnnotation = Object.keys(object.annotations).some((key) => /replicat|reflector/.test(key))
  world.sink.fact({
    kind: 'kubernetes.secret',
    subject: object.id,
    place: object.place,
    value: defined({
      name: object.name,
      namespace: object.namespace,
      type,
      used: world.used.has(`Secret/${object.name}`) || readByType.test(type) || byLabel || byAnnotation,
      workloadsKept: world.workloads.length > 0,
    }),
  })
}
