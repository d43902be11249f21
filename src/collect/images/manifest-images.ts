import type { Collected, Sink } from '../collector.ts'
import type { Pushes } from './pushes.ts'
import { readable } from './references.ts'
import { namePattern } from './tag-match.ts'

const lastPart = (name: string): string => name.slice(name.lastIndexOf('/') + 1)
const prefixOf = (name: string): string => name.slice(0, Math.max(name.lastIndexOf('/'), 0))

/** `shop-api` and `api`: one is the other with the product's name before it. */
const isKin = (a: string, b: string): boolean => a !== b && (a.endsWith(`-${b}`) || b.endsWith(`-${a}`))

/** Whether a registry and an owner are those of a pushed name, whose owner may be a symbol. */
const samePlace = (manifest: string, pushed: string): boolean => {
  const place = prefixOf(pushed)
  return place !== '' && namePattern(place)?.test(prefixOf(manifest)) === true
}

/** Says of each container of a manifest whose image is one of ours whether workflows push it by that name. */
export const emitManifestImages = (collected: Collected, { list, unread }: Pushes, sink: Sink): void => {
  const names = [...new Set(list.map(({ repository }) => repository))]
  if (names.length === 0) return
  const readableNames = names.filter((name) => namePattern(name) !== undefined)
  for (const container of collected.of('kubernetes.container')) {
    const { imageName, imageComputed, imageSetElsewhere } = container.value
    const name = imageName.toLowerCase()
    if (name === '' || imageComputed || imageSetElsewhere) continue
    const exact = readableNames.filter((one) => namePattern(one)?.test(name))
    const kin = readableNames.filter((one) => samePlace(name, one) && isKin(lastPart(name), lastPart(one)))
    if (exact.length === 0 && kin.length === 0) continue
    const open = exact.length === 0 && (unread !== '' || readableNames.length < names.length)
    sink.fact({
      kind: 'images.manifest-image',
      subject: container.subject,
      place: container.place,
      ...(container.places === undefined ? {} : { places: container.places }),
      value: {
        name: imageName,
        pushed: (exact.length > 0 ? exact : kin).slice(0, 5).map(readable),
        state: exact.length > 0 ? 'pushed' : open ? 'unknown' : 'other-name',
        because: open ? `${unread === '' ? 'a build whose name is computed' : unread} may push it` : '',
      },
    })
  }
}
