/** A rule file's text with some keys replaced or taken away, for tests of the loader. */
export const ruleText = (changes: Record<string, string | undefined> = {}): string => {
  const keys: Record<string, string | undefined> = {
    title: 'Images run as a user other than root',
    severity: 'high',
    effort: '30m',
    for: 'repository',
    expect: 'repository.files > 3',
    message: 'only {{repository.files}} files',
    why: 'A repository with few files says little.',
    fix: 'Add files.',
    ...changes,
  }
  return Object.entries(keys)
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}\n`]))
    .join('')
}
