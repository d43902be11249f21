import type { Sink } from '../collector.ts'
import { asMapping, asString } from '../shape.ts'
import { baseOf } from '../tree-path.ts'
import { frameworkEnd } from './frameworks-end.ts'
import { isExample } from './languages.ts'
import { lineAt } from './paths.ts'
import type { ProgramText } from './reading.ts'

interface Version {
  name: string
  /** As written, without what says how far it may go. */
  version: string
  /** The part of it that has a date of its own. */
  line: string
  offset: number
}

interface Form {
  file: RegExp
  name: string
  /** Group 1 is the version, in which 2 is the line. A range that leaves its line is not matched. */
  pattern: RegExp
}

const spring = /^build\.gradle(?:\.kts)?$/

const forms: readonly Form[] = [
  {
    file: spring,
    name: 'Spring Boot',
    pattern:
      /\bid\(?\s{0,9}["']org\.springframework\.boot["']\s{0,9}\)?\s{1,9}version\s{1,9}["']((\d\.\d{1,2})[\w.-]{0,40})["']/,
  },
  {
    file: /^pom\.xml$/,
    name: 'Spring Boot',
    pattern:
      /<artifactId>spring-boot-(?:starter-parent|dependencies)<\/artifactId>\s{0,200}<version>((\d\.\d{1,2})[\w.-]{0,40})<\/version>/,
  },
  {
    file: /^requirements[^/]*\.txt$|^pyproject\.toml$/,
    name: 'Django',
    pattern:
      /^[ \t]{0,20}["']?django[ \t]{0,9}(?:==|~=(?=[ \t]{0,9}\d{1,2}\.\d{1,2}\.))[ \t]{0,9}((\d{1,2}\.\d{1,2})[\w.]{0,20})/im,
  },
  {
    file: /^Gemfile$/,
    name: 'Ruby on Rails',
    pattern: /^[ \t]{0,9}gem ["']rails["'],[ \t]{0,9}["'](?:~> |= )?((\d\.\d)\.\d[\w.]{0,20})["']/m,
  },
  {
    file: /^composer\.json$/,
    name: 'Symfony',
    pattern: /"symfony\/framework-bundle"\s{0,9}:\s{0,9}"[~v]?((\d\.\d)\.[\d*]{1,5})"/,
  },
  {
    file: /\.csproj$/,
    name: '.NET',
    pattern: /<TargetFramework>net((\d{1,2})\.0)(?:-[a-z]{1,10})?<\/TargetFramework>/,
  },
]

/** Packages of npm and Composer whose major version alone has a date. */
const majors: Readonly<Record<string, readonly [string, string][]>> = {
  'package.json': [
    ['next', 'Next.js'],
    ['@angular/core', 'Angular'],
    ['nuxt', 'Nuxt'],
  ],
  'composer.json': [['laravel/framework', 'Laravel']],
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const fromJson = (file: string, text: string): Version[] => {
  const known = majors[file]?.filter(([key]) => text.includes(`"${key}"`)) ?? []
  if (known.length === 0) return []
  const root = asMapping(parsed(text))
  const listed = asMapping(root?.[file === 'package.json' ? 'dependencies' : 'require'])
  return known.flatMap(([key, name]) => {
    // Of `^13 || ^14` the newest counts, and of `>=13` nobody knows.
    const found = /^[~^]?v?((\d{1,2})(?:\.[\w.*-]{1,40})?)$/.exec(asString(listed?.[key])?.trim() ?? '')
    const [, version = '', line = ''] = found ?? []
    return found === null ? [] : [{ name, version, line, offset: text.indexOf(`"${key}"`) }]
  })
}

/** What makes new projects, or is a part of a library's own trials. */
const aside =
  /(?:^|\/)(?:templates?|starters?|boilerplates?|playgrounds?|sandbox|skeletons?|generators?|bench(?:marks?)?)\//i

/** A fact for each framework whose version a manifest pins to a line of which the end is known. */
export const relateFrameworkVersions = (texts: readonly ProgramText[], sink: Sink): void => {
  for (const { path, text, test } of texts) {
    const file = baseOf(path)
    if (test || isExample(path) || aside.test(path)) continue
    const written = forms.flatMap(({ file: wanted, name, pattern }): Version[] => {
      const found = wanted.test(file) ? pattern.exec(text) : null
      const [whole = '', version = '', line = ''] = found ?? []
      return found === null ? [] : [{ name, version, line, offset: found.index + whole.indexOf(version) }]
    })
    for (const { name, version, line, offset } of [...written, ...fromJson(file, text)]) {
      const end = frameworkEnd(name, line)
      if (end === undefined) continue
      sink.fact({
        kind: 'source.framework',
        subject: `framework ${name}`,
        place: { path, line: lineAt(text, offset), column: 1 },
        value: { name, version, endOfLife: end },
      })
    }
  }
}
