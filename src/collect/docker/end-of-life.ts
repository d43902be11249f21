/** When a line of an image's versions gets its last security fixes. */
interface Line {
  repository: RegExp
  /** Versions or code names, as the tag begins, and the day after which no fix comes (ISO 8601). */
  lines: Record<string, string>
}

/**
 * The dates that the projects themselves publish: nodejs.org/en/about/previous-releases, devguide.python.org/versions,
 * alpinelinux.org/releases, wiki.debian.org/DebianReleases, ubuntu.com/about/release-cycle, php.net/supported-versions.php,
 * ruby-lang.org/en/downloads/branches, postgresql.org/support/versioning, dotnet.microsoft.com/platform/support/policy,
 * go.dev/doc/devel/release (a Go release is supported until the second one after it). Debian's are those of its LTS team.
 * Held against endoflife.date of 2026-08-22.
 */
const table: readonly Line[] = [
  {
    repository: /^node$/,
    lines: {
      10: '2021-04-30',
      12: '2022-04-30',
      14: '2023-04-30',
      15: '2021-06-01',
      16: '2023-09-11',
      17: '2022-06-01',
      18: '2025-04-30',
      19: '2023-06-01',
      20: '2026-04-30',
      21: '2024-06-01',
      22: '2027-04-30',
      23: '2025-06-01',
      24: '2028-04-30',
      25: '2026-06-01',
      26: '2029-04-30',
    },
  },
  {
    repository: /^python$/,
    lines: {
      '2': '2020-01-01',
      '3.6': '2021-12-23',
      '3.7': '2023-06-27',
      '3.8': '2024-10-07',
      '3.9': '2025-10-31',
      '3.10': '2026-10-31',
      '3.11': '2027-10-31',
      '3.12': '2028-10-31',
      '3.13': '2029-10-31',
      '3.14': '2030-10-31',
    },
  },
  {
    repository: /^golang$/,
    lines: {
      '1.17': '2022-08-02',
      '1.18': '2023-02-01',
      '1.19': '2023-08-08',
      '1.20': '2024-02-06',
      '1.21': '2024-08-13',
      '1.22': '2025-02-11',
      '1.23': '2025-08-12',
      '1.24': '2026-02-10',
      '1.25': '2026-08-19',
    },
  },
  {
    repository: /^alpine$/,
    lines: {
      '3.14': '2023-05-01',
      '3.15': '2023-11-01',
      '3.16': '2024-05-23',
      '3.17': '2024-11-22',
      '3.18': '2025-05-09',
      '3.19': '2025-11-01',
      '3.20': '2026-04-01',
      '3.21': '2026-11-01',
      '3.22': '2027-05-01',
      '3.23': '2027-11-01',
      '3.24': '2028-06-01',
    },
  },
  {
    repository: /^debian$/,
    lines: {
      '8': '2020-06-30',
      jessie: '2020-06-30',
      '9': '2022-06-30',
      stretch: '2022-06-30',
      '10': '2024-06-30',
      buster: '2024-06-30',
      '11': '2026-08-31',
      bullseye: '2026-08-31',
      '12': '2028-06-30',
      bookworm: '2028-06-30',
      '13': '2030-06-30',
      trixie: '2030-06-30',
    },
  },
  {
    repository: /^ubuntu$/,
    lines: {
      '16.04': '2021-04-30',
      xenial: '2021-04-30',
      '18.04': '2023-05-31',
      bionic: '2023-05-31',
      '20.04': '2025-05-31',
      focal: '2025-05-31',
      '22.04': '2027-04-01',
      jammy: '2027-04-01',
      '24.04': '2029-05-31',
      noble: '2029-05-31',
      '25.04': '2026-01-17',
      '25.10': '2026-07-01',
      '26.04': '2031-04-30',
    },
  },
  { repository: /(?:^|\/)centos$/, lines: { '6': '2020-11-30', '7': '2024-06-30', '8': '2021-12-31' } },
  {
    repository: /^php$/,
    lines: {
      '5': '2018-12-31',
      '7': '2022-11-28',
      '8.0': '2023-11-26',
      '8.1': '2025-12-31',
      '8.2': '2026-12-31',
      '8.3': '2027-12-31',
      '8.4': '2028-12-31',
      '8.5': '2029-12-31',
    },
  },
  {
    repository: /^ruby$/,
    lines: {
      '2': '2023-03-31',
      '3.0': '2024-04-23',
      '3.1': '2025-03-26',
      '3.2': '2026-03-31',
      '3.3': '2027-03-31',
      '3.4': '2028-03-31',
      '4.0': '2029-03-31',
    },
  },
  {
    repository: /^postgres$/,
    lines: {
      '10': '2022-11-10',
      '11': '2023-11-09',
      '12': '2024-11-21',
      '13': '2025-11-13',
      '14': '2026-11-12',
      '15': '2027-11-11',
      '16': '2028-11-09',
      '17': '2029-11-08',
      '18': '2030-11-14',
    },
  },
  {
    repository: /^mcr\.microsoft\.com\/dotnet\/(?:sdk|aspnet|runtime|runtime-deps|core\/.+)$/,
    lines: {
      '2.1': '2021-08-21',
      '3.1': '2022-12-13',
      '5.0': '2022-05-10',
      '6.0': '2024-11-12',
      '7.0': '2024-05-14',
      '8.0': '2026-11-10',
      '9.0': '2026-11-10',
      '10.0': '2028-11-14',
    },
  },
  // The openjdk images are deprecated as a whole: hub.docker.com/_/openjdk, "DEPRECATION NOTICE", July 2022.
  { repository: /^openjdk$/, lines: { '': '2022-07-31' } },
]

/** The day (ISO 8601) after which the image's version gets no security fixes; undefined where the table has no word of it. */
export const endOfLifeOf = (repository: string, tag: string | undefined): string | undefined => {
  const lines = table.find((line) => line.repository.test(repository))?.lines
  if (lines === undefined) return undefined
  const version = /^v?(\d+)(?:\.(\d+))?/.exec(tag ?? '')
  const word = /^[a-z]+/.exec(tag ?? '')?.[0] ?? ''
  const [, major = word, minor] = version ?? []
  return (minor === undefined ? undefined : lines[`${major}.${minor}`]) ?? lines[major] ?? lines['']
}
