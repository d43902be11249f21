declare const PRODGATE_VERSION: string | undefined

/** The version that the build put in; `0.0.0-dev` from source. */
export const version = typeof PRODGATE_VERSION === 'string' ? PRODGATE_VERSION : '0.0.0-dev'
