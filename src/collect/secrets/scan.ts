import type { FactValue } from '../../core/facts/index.ts'
import type { Sink, TextFile } from '../collector.ts'
import { Lines } from '../lines.ts'
import { detectSecrets } from './detector.ts'
import { languageOf } from './languages.ts'
import { findInLine, type Language } from './line-rules.ts'
import { isGap, isKnownDefault, isReference, mask } from './value.ts'
import { whereOf } from './where.ts'

type Credential = FactValue<'secrets.credential'>

/** Longer lines are generated: minified scripts, data. Characters. */
const maxLine = 2_000

/** No file tells more than a person will read; the rest of a leak is found once this part is repaired. */
const maxFindings = 200

const sign =
  /password|passwd|passphrase|pwd|secret|token|api[-_.]?key|access[-_.]?key|sshpass|curl\s|signing|encryption|hash|encode|\b(?:rediss?|amqps?):/gi
const localHost = /localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0|host\.docker\.internal/
// A profile that only a developer's machine selects.
const developmentOnly = /[-_.](?:local|dev|development)\.[a-z]+$|(?:^|\/)(?:local|dev|development)\.[a-z]+$/i
const anyHost = /:\/\/([^\s/:'"]{1,200})/g
const comment = /^\s*(?:\/\/|\*|\/\*|--|<!--|;|"""|#(?!!))/

/** Whether every address that a script names is on the same machine. */
const talksToItselfOnly = (text: string): boolean => {
  let hosts = 0
  for (const [, host = ''] of text.matchAll(anyHost)) {
    if (host.startsWith('$')) continue
    hosts++
    if (!localHost.test(host)) return false
  }
  return hosts > 0
}

/** Manifests of Kubernetes and compose files are other collectors' concern, whatever they are called. */
const isManifest = (text: string): boolean => /^(?:apiVersion|services):/m.test(text)

const lineFacts = (
  file: TextFile,
  language: Language,
  add: (offset: number, value: Omit<Credential, 'where' | 'script'>) => void,
): void => {
  const { text } = file
  const local = developmentOnly.test(file.path) || (language === 'shell' && talksToItselfOnly(text))
  const aboutAdmin = /admin|root_?user|superuser/i
  let seen = -1
  sign.lastIndex = 0
  for (let match = sign.exec(text); match !== null; match = sign.exec(text)) {
    const start = text.lastIndexOf('\n', match.index) + 1
    const newline = text.indexOf('\n', match.index)
    const end = newline < 0 ? text.length : newline
    sign.lastIndex = end
    if (start === seen || end - start > maxLine) continue
    seen = start
    const line = text.slice(start, end).replace(/\r$/, '')
    if (comment.test(line)) continue
    for (const { form, what, value, column } of findInLine(line, language)) {
      if (form === 'account' && !aboutAdmin.test(text.slice(Math.max(0, start - 800), end + 800))) continue
      const weak = isKnownDefault(value) || isGap(value)
      add(start + column, { form, what, masked: mask(value), local: local || localHost.test(line), weak })
    }
  }
}

const connection = /^[^\s]{1,20}:\/\/[^:\s]{0,256}:([^@\s]{1,256})@([^\s/?'"]{1,256})/

const saysFake = /fake|dummy|mock|not_?real|invalid/i

const detectorFacts = (
  file: TextFile,
  add: (offset: number, value: Omit<Credential, 'where' | 'script'>) => void,
): void => {
  for (const { kind, what, start, end } of detectSecrets(file.path, file.text)) {
    const value = file.text.slice(start, end)
    if (kind === 'connection-string') {
      const [, password = '', host = ''] = connection.exec(value) ?? []
      if (isReference(password) || isGap(password) || /\bexample\.(?:com|org|net)\b/.test(host)) continue
      add(start, {
        form: kind,
        what,
        masked: mask(password),
        local: localHost.test(host),
        weak: isKnownDefault(password),
      })
    } else if (kind === 'private-key') {
      const begin = file.text.indexOf('-----BEGIN', start)
      const at = begin < 0 ? start : begin
      const named = file.text.slice(file.text.lastIndexOf('\n', at - 1) + 1, at)
      add(at, { form: kind, what, masked: '***', local: false, weak: named.length < 400 && saysFake.test(named) })
    } else if (!isGap(value) && !isReference(value))
      add(start, { form: kind, what, masked: mask(value), local: false, weak: false })
  }
}

const composeFile = /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/i

/** Every credential that stands in a text. One fact for a place, with the most telling form first. */
export const scanText = (file: TextFile, sink: Sink): void => {
  const language = languageOf(file.path)
  const where = whereOf(file.path)
  const script = language === 'shell'
  let lines: Lines | undefined
  const seen = new Set<string>()
  const add = (offset: number, value: Omit<Credential, 'where' | 'script'>): void => {
    // compose/literal-secret says the same of the same line, and knows the service.
    if (value.form === 'connection-string' && composeFile.test(file.path)) return
    lines ??= new Lines(file.text)
    const place = { path: file.path, ...lines.at(offset) }
    // The value is told once for a line, by the vendors' rules where they know it.
    const key = `${place.line} ${value.masked}`
    if (seen.has(key) || seen.size >= maxFindings) return
    seen.add(key)
    sink.fact({
      kind: 'secrets.credential',
      subject: `${value.what} in ${file.path}`,
      place,
      value: { ...value, where, script },
    })
  }
  detectorFacts(file, add)
  if (
    language !== undefined &&
    (where === 'product' || where === 'template') &&
    !(language === 'config' && isManifest(file.text))
  )
    lineFacts(file, language, add)
}

const hostKey = /StrictHostKeyChecking[ =]{1,3}no\b|UserKnownHostsFile[ =]{1,3}\/dev\/null/g

/** Whether what stands there is only told to somebody: a line of a log, or a comment. */
const isSaid = (text: string, index: number): boolean => {
  const before = text.slice(Math.max(text.lastIndexOf('\n', index) + 1, index - 500), index)
  return /^\s*(?:\/\/|#|\*)|\b(?:log(?:ger)?|console)\.\w+\(/.test(before)
}

/** Scripts that log in to hosts that they do not check. */
export const scanLogins = (file: TextFile, sink: Sink): void => {
  if (!file.text.includes('StrictHostKeyChecking')) return
  const lines = new Lines(file.text)
  const seen = new Set<number>()
  for (const match of file.text.matchAll(hostKey)) {
    const place = { path: file.path, ...lines.at(match.index) }
    if (seen.has(place.line) || !match[0].startsWith('Strict') || isSaid(file.text, match.index)) continue
    seen.add(place.line)
    sink.fact({
      kind: 'secrets.host-key-check',
      subject: `SSH login in ${file.path}`,
      place,
      value: { option: match[0], password: /\bsshpass\b|\bexpect\b/.test(file.text), where: whereOf(file.path) },
    })
  }
}
