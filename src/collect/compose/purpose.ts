export type Purpose = 'production' | 'development' | 'unspecified'

const development = new Set(
  'dev devel develop development devcontainer local localhost test tests testing e2e cypress playwright ci integration override debug demo demos example examples sample samples playground sandbox fixture fixtures testdata quickstart mock mocks bench benchmark'.split(
    ' ',
  ),
)
const production = new Set(['prod', 'production', 'live'])

/** Nearly no path has any of these words: one search tells it. */
const telling = new RegExp(`(?:^|[^a-z0-9])(?:deploy|${[...development, ...production].join('|')})(?:[^a-z0-9]|$)`, 'i')

const purposeOfName = (name: string): Purpose => {
  const words = name.toLowerCase().split(/[^a-z0-9]+/)
  if (words.some((word) => development.has(word))) return 'development'
  return words.some((word) => production.has(word)) ? 'production' : 'unspecified'
}

/** What a file is for, by its name, or else by the folder nearest to it that says so. Its comments are no commitment. */
export const purposeOf = (path: string): Purpose => {
  if (!telling.test(path)) return 'unspecified'
  const parts = path.split('/').reverse()
  // compose.deploy.yml is for deployment; a folder of that name holds files for everything.
  if (/[._-]deploy[._-]/.test(parts[0] ?? '') && purposeOfName(parts[0] ?? '') === 'unspecified') return 'production'
  for (const part of parts) {
    const purpose = purposeOfName(part)
    if (purpose !== 'unspecified') return purpose
  }
  return 'unspecified'
}
