import { Document, isScalar, type ScalarTag, type Tags } from 'yaml'

/**
 * Kubernetes reads YAML 1.1 (`yes` is true) with Go's parser, which knows no base 60 and leaves times as text
 * (https://github.com/yaml/go-yaml/tree/v2#compatibility); compose files and workflows are YAML 1.2.
 */
export type YamlVersion = '1.1' | '1.2'

/** `<<` is read where maps are, and times as the text that they are. */
const left = new Set(['tag:yaml.org,2002:timestamp', 'tag:yaml.org,2002:merge'])

/** Which of a schema's tags plain text is read with. */
export const tagsOf = (tags: Tags): Tags =>
  tags.filter((tag) => typeof tag === 'string' || !(left.has(tag.tag) || ('format' in tag && tag.format === 'TIME')))

/** What a plain scalar can begin with that is anything but text: the words for true, false and null, numbers and `.inf`. */
const telling = /^(?:[tTfFnNyYoO~<]|[-+.0-9]|$)/

/** How long a word for true, false or null is at the most. */
const longestWord = 5

const resolvers = new Map<YamlVersion, (text: string) => unknown>()

const resolverOf = (version: YamlVersion): ((text: string) => unknown) => {
  const { schema } = new Document(undefined, { version, customTags: tagsOf })
  const tags = schema.tags.filter((tag): tag is ScalarTag => tag.default === true && 'test' in tag)
  return (text) => {
    const tag = tags.find(({ test }) => test?.test(text) === true)
    if (tag === undefined) return text
    const value = tag.resolve(text, () => undefined, { intAsBigInt: false })
    return isScalar(value) ? value.value : value
  }
}

/** The value of a plain scalar: a number, a boolean, null, or its text. */
export const plainValue = (text: string, version: YamlVersion): unknown => {
  if (!telling.test(text)) return text
  if (text.length > longestWord && text.charCodeAt(0) > 0x39) return text
  let resolver = resolvers.get(version)
  if (resolver === undefined) resolvers.set(version, (resolver = resolverOf(version)))
  return resolver(text)
}
