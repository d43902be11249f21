/**
 * Whether a variable is the name of an account: the access key of S3, MinIO and the clouds is one where the secret key stands
 * beside it, and is shown in logs and addresses.
 */
export const isAccessKeyName = (name: string, siblings: readonly string[]): boolean =>
  /access[-_.]?key(?:[-_.]?id)?$/i.test(name) &&
  !/secret/i.test(name) &&
  siblings.some((other) => /secret[-_.]?(?:access[-_.]?)?key$/i.test(other))
