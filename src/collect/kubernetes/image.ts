export interface Image {
  name: string
  tag: string | undefined
  digest: string | undefined
}

/** Splits `registry:5000/shop/api:1.2@sha256:…` into its parts; a colon before the last slash is a port. */
export const splitImage = (image: string): Image => {
  const at = image.indexOf('@')
  const digest = at < 0 ? undefined : image.slice(at + 1)
  const rest = at < 0 ? image : image.slice(0, at)
  const colon = rest.indexOf(':', rest.lastIndexOf('/') + 1)
  return colon < 0
    ? { name: rest, tag: undefined, digest }
    : { name: rest.slice(0, colon), tag: rest.slice(colon + 1), digest }
}
