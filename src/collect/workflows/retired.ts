/** When something stopped working, and what took its place. */
export interface Retirement {
  since: string
  instead: string
}

interface ActionRow extends Retirement {
  name: string
  /** The last major version that no longer works. */
  through: number
}

// https://github.blog/changelog: 2024-04-16 (artifacts v3), 2024-02-13 (artifacts v1, v2), 2024-12-05 (cache v1, v2 and
// Pages on artifacts v3), 2023-01-18 (CodeQL v1), 2025-01-10 (CodeQL v2). Enterprise Server keeps artifacts v3.
const actions: readonly ActionRow[] = [
  { name: 'actions/upload-artifact', through: 2, since: '2024-06-30', instead: 'v4' },
  { name: 'actions/download-artifact', through: 2, since: '2024-06-30', instead: 'v4' },
  { name: 'actions/upload-artifact', through: 3, since: '2025-01-30', instead: 'v4' },
  { name: 'actions/download-artifact', through: 3, since: '2025-01-30', instead: 'v4' },
  { name: 'actions/upload-pages-artifact', through: 2, since: '2025-01-30', instead: 'v3' },
  { name: 'actions/deploy-pages', through: 3, since: '2025-01-30', instead: 'v4' },
  { name: 'actions/cache', through: 2, since: '2025-03-01', instead: 'v4' },
  { name: 'actions/cache/save', through: 2, since: '2025-03-01', instead: 'v4' },
  { name: 'actions/cache/restore', through: 2, since: '2025-03-01', instead: 'v4' },
  ...['init', 'autobuild', 'analyze', 'upload-sarif'].flatMap((part): ActionRow[] => [
    { name: `github/codeql-action/${part}`, through: 1, since: '2023-01-18', instead: 'v4' },
    { name: `github/codeql-action/${part}`, through: 2, since: '2025-01-10', instead: 'v4' },
  ]),
]

// https://github.com/actions/runner-images, the announcements of each image's removal.
const runners: Readonly<Record<string, Retirement>> = {
  'ubuntu-16.04': { since: '2021-09-20', instead: 'ubuntu-24.04' },
  'ubuntu-18.04': { since: '2023-04-03', instead: 'ubuntu-24.04' },
  'ubuntu-20.04': { since: '2025-04-15', instead: 'ubuntu-24.04' },
  'macos-10.15': { since: '2022-08-30', instead: 'macos-15' },
  'macos-11': { since: '2024-06-28', instead: 'macos-15' },
  'macos-12': { since: '2024-12-03', instead: 'macos-15' },
  'macos-13': { since: '2025-12-04', instead: 'macos-15' },
  'windows-2016': { since: '2022-04-01', instead: 'windows-2022' },
  'windows-2019': { since: '2025-06-30', instead: 'windows-2022' },
}

/** The major version of a ref such as `v3`, `v3.1.2` or `3`; undefined for anything else. */
const majorOf = (ref: string): number | undefined => {
  const match = /^v?(\d{1,4})(\.\d+){0,2}$/.exec(ref)
  return match === null ? undefined : Number(match[1])
}

/** The retirement of an action's version; undefined while it works, and for commits and branches. */
export const retiredAction = (name: string, ref: string): Retirement | undefined => {
  const major = majorOf(ref)
  if (major === undefined) return undefined
  const row = actions.find((one) => one.name === name.toLowerCase() && major <= one.through)
  return row === undefined ? undefined : { since: row.since, instead: row.instead }
}

/** The retirement of a hosted runner's label. */
export const retiredRunner = (label: string): Retirement | undefined =>
  Object.hasOwn(runners, label) ? runners[label] : undefined
