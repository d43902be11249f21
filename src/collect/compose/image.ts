import { resolve, splitOutside } from './interpolation.ts'

/** An image reference, taken apart. */
export interface Image {
  name: string
  /** Without tag and digest, after defaults of variables. */
  repository: string
  tag?: string
  digest: boolean
  /** The tag, or the whole reference, comes from a variable without a default. */
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

/** The text after the last colon that is not part of a registry's address or of `${…}`. */
const tagText = (text: string): string | undefined => {
  const parts = splitOutside(text, ':')
  const last = parts.length > 1 ? parts.at(-1) : undefined
  return last === undefined || splitOutside(last, '/').length > 1 ? undefined : last
}

/** Takes `registry:5000/name:tag@digest` apart, each part of which may come from a variable. */
export const parseImage = (text: string): Image => {
  const [named = '', digest] = splitOutside(text.trim(), '@')
  const whole = resolve(named)
  const at = whole.text.indexOf('@')
  const reference = at < 0 ? whole.text : whole.text.slice(0, at)
  const colon = reference.lastIndexOf(':')
  const tagged = colon > reference.lastIndexOf('/')
  const tag = tagged ? reference.slice(colon + 1) : ''
  const written = tagText(named)
  return {
    name: text.trim(),
    repository: tagged ? reference.slice(0, colon) : reference,
    digest: digest !== undefined || at >= 0,
    // What stands before a tag that is written may come from anywhere.
    computed: written === undefined ? whole.computed : resolve(written).computed,
    floating: tag !== '' && isFloating(tag),
    ...(tag === '' ? {} : { tag }),
  }
}
