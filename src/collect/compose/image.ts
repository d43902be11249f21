import { resolve } from './interpolation.ts'

/** An image reference, taken apart. */
export interface Image {
  name: string
  /** Without tag and digest, after defaults of variables. */
  repository: string
  tag?: string
  digest: boolean
  computed: boolean
  floating: boolean
}

const movingWords = new Set(
  'latest stable edge nightly dev devel develop main master trunk canary beta alpha next current head snapshot unstable rolling mainline lts test testing staging prod production release'.split(
    ' ',
  ),
)

// These name a release of a distribution, as a number does.
const codenames = new Set(
  'buster bullseye bookworm trixie sid bionic focal jammy noble xenial trusty stretch jessie'.split(' '),
)

const isFloating = (tag: string): boolean => {
  const words = tag.toLowerCase().split(/[-_.+]/)
  if (words.includes('latest') || movingWords.has(tag.toLowerCase())) return true
  return !/[0-9]/.test(tag) && !words.some((word) => codenames.has(word))
}

/** Takes `registry:5000/name:tag@digest` apart, each part of which may come from a variable. */
export const parseImage = (text: string): Image => {
  const { text: resolved, computed } = resolve(text.trim())
  const at = resolved.indexOf('@')
  const named = at < 0 ? resolved : resolved.slice(0, at)
  const colon = named.lastIndexOf(':')
  const tagged = colon > named.lastIndexOf('/')
  const tag = tagged ? named.slice(colon + 1) : ''
  return {
    name: text.trim(),
    repository: tagged ? named.slice(0, colon) : named,
    digest: at >= 0,
    computed,
    floating: tag !== '' && isFloating(tag),
    ...(tag === '' ? {} : { tag }),
  }
}
