const ownAddress =
  /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|\$\{?HOSTNAME\}?)(?::(?:\d{1,5}|\$\{?\w{1,40}\}?))?(\/[^\s"'`;|)\\]{0,300})?/g

/** The path that a health check's command asks of its own container; undefined where it asks none, or several. */
export const askedPath = (command: string): string | undefined => {
  const paths = new Set([...command.matchAll(ownAddress)].map(([, path]) => path ?? '/'))
  const [only] = paths
  return paths.size === 1 ? only : undefined
}
