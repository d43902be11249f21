import type { FactValue } from '../../core/facts/index.ts'
import type { Place } from '../../core/facts/place.ts'
import type { Sink, TextFile } from '../collector.ts'
import { asList, asMapping, asString, asStrings, type Mapping } from '../shape.ts'
import { isGap, isReference, mask } from './value.ts'

type Entry = FactValue<'secrets.identity-export'>

/** Whether a JSON file may be an exported Keycloak realm, cheaply and by its text. */
export const maybeRealm = (text: string): boolean =>
  text.includes('"realm"') && /"(?:clients|users|identityProviders)"/.test(text)

const mappings = (value: unknown): Mapping[] => (asList(value) ?? []).map(asMapping).filter((one) => one !== undefined)

/** One fact for each password, secret and wildcard of an exported realm, at its own line. */
export const collectRealm = (file: TextFile, sink: Sink): void => {
  const [document] = file.yaml('1.2').documents
  const roots = asList(document?.value) ?? [document?.value]
  for (const realm of roots.map(asMapping)) {
    const name = asString(realm?.['realm'])
    if (document === undefined || realm === undefined || name === undefined) continue
    const add = (place: Place, what: Entry['what'], owner: string, value: string | undefined, wildcard = false): void =>
      sink.fact({
        kind: 'secrets.identity-export',
        subject: `${what.replace('-', ' ')} of ${owner} in realm ${name}`,
        place,
        value: {
          what,
          realm: name,
          owner,
          masked: value === undefined ? '' : mask(value),
          literal: value !== undefined && value !== '' && !isReference(value) && !isGap(value) && !value.includes('**'),
          wildcard,
        },
      })
    const each = (key: string): Mapping[] => mappings(realm[key])
    for (const user of each('users'))
      for (const credential of mappings(user['credentials'])) {
        const value = asString(credential['value'])
        if (value !== undefined)
          add(document.at(credential, 'value'), 'user-password', asString(user['username']) ?? '', value)
      }
    for (const client of each('clients')) collectClient(client, (holder, key) => document.at(holder, key), add)
    for (const provider of each('identityProviders')) {
      const config = asMapping(provider['config'])
      const value = asString(config?.['clientSecret'])
      if (value !== undefined)
        add(document.at(config, 'clientSecret'), 'provider-secret', asString(provider['alias']) ?? '', value)
    }
    const mail = asMapping(realm['smtpServer'])
    const password = asString(mail?.['password'])
    if (password !== undefined) add(document.at(mail, 'password'), 'smtp-password', 'the mail server', password)
  }
}

const collectClient = (
  client: Mapping,
  at: (holder: unknown, key: string | number) => Place,
  add: (place: Place, what: Entry['what'], owner: string, value: string | undefined, wildcard?: boolean) => void,
): void => {
  const owner = asString(client['clientId']) ?? ''
  const secret = asString(client['secret'])
  if (secret !== undefined) add(at(client, 'secret'), 'client-secret', owner, secret)
  for (const [key, what] of [
    ['webOrigins', 'web-origins'],
    ['redirectUris', 'redirect-uris'],
  ] as const) {
    const list = asStrings(client[key])
    const star = list.findIndex((one) => one === '*' || /^https?:\/\/\*/.test(one))
    if (list.length > 0) add(star < 0 ? at(client, key) : at(client[key], star), what, owner, undefined, star >= 0)
  }
}
