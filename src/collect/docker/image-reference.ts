/** An image's name in its parts. */
export interface ImageReference {
  /** As written, without tag and digest. */
  name: string
  /** The name without the default registry: `node`, `gcr.io/distroless/static`. */
  repository: string
  tag?: string
  digest?: string
}

/** Splits `registry:5000/team/app:1.2@sha256:…`. */
export const parseImageReference = (text: string): ImageReference => {
  const at = text.indexOf('@')
  const tagged = at < 0 ? text : text.slice(0, at)
  const colon = tagged.lastIndexOf(':')
  const hasTag = colon > tagged.lastIndexOf('/')
  const name = hasTag ? tagged.slice(0, colon) : tagged
  return {
    name,
    repository: name.replace(/^(?:(?:index\.|registry-1\.)?docker\.io\/)?(?:library\/)?/, ''),
    ...(hasTag && colon + 1 < tagged.length ? { tag: tagged.slice(colon + 1) } : {}),
    ...(at < 0 ? {} : { digest: text.slice(at + 1) }),
  }
}

const moving =
  /^(?:latest|stable|edge|nightly|rolling|current|mainline|main|master|head|lts|canary|snapshot|dev)(?:-[a-z-]+)?$/i
const variantOnly = /^(?:alpine|slim)$/i

/** Whether a tag names no version at all, so that it means another image after the next release. */
export const isMovingTag = (tag: string): boolean => moving.test(tag) || variantOnly.test(tag)
