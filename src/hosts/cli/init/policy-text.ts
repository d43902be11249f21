import type { Service, Survey } from './survey.ts'

// A JSON string is a YAML string, whatever stands in it.
const quoted = (text: string): string => JSON.stringify(text)
const list = (items: readonly string[]): string => `[${items.map(quoted).join(', ')}]`

/** A name as a glob that matches that name alone. */
const asGlob = (text: string): string => text.replaceAll(/[\\*?[\]{}()!+@|]/g, String.raw`\$&`)

const isProduction = (name: string): boolean => /(^|[^a-z])(prod|production|live)([^a-z]|$)/i.test(name)

const environmentLines = ({ environments }: Survey): string[] => {
  const production = environments.filter((name) => isProduction(name) && name !== 'production')
  const others = environments.filter((name) => !isProduction(name))
  const names = environments.length === 0 ? ['prod', 'prod-*', 'production-*'] : production.map(asGlob)
  return [
    'environments:',
    ...(environments.length === 0 ? ['  # No workflow names an environment, so these are the usual two.'] : []),
    ...(environments.length === 0 ? ['staging'] : others).flatMap((name) => [
      `  ${quoted(name)}:`,
      '    blocking: critical',
      '    minimum-score: 50',
    ]),
    '  production:',
    ...(names.length === 0 ? [] : [`    names: ${list(names)}`]),
    '    blocking: high        # failing or unknown rules of this severity or above mean no-go',
    '    minimum-score: 80',
    '    # mode: observe       # judge and tell, hold nothing back',
  ]
}

const names = (environment: string, { name }: Service): boolean =>
  environment
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .includes(name.toLowerCase())

/**
 * Services with an environment of their own are judged by their own files and by what belongs to no service. The others
 * stay in a comment: naming a part would leave the rest unjudged.
 */
const serviceLines = ({ services, environments }: Survey, topLevel: readonly string[]): string[] => {
  if (services.length === 0) return []
  const shared = topLevel.filter((folder) => !services.some(({ directory }) => directory.split('/')[0] === folder))
  const sharedGlobs = ['*', ...shared.map((folder) => `${asGlob(folder)}/**`)]
  const entries = services.map((service) => {
    const own = environments.filter((environment) => names(environment, service))
    return {
      own,
      line: (to: readonly string[]): string =>
        `  ${quoted(service.name)}: { paths: ${list([`${asGlob(service.directory)}/**`, ...sharedGlobs])}, environments: ${list(to)} }`,
    }
  })
  const deployed = entries.filter(({ own }) => own.length > 0).map(({ own, line }) => line(own.map(asGlob)))
  const together = entries.filter(({ own }) => own.length === 0).map(({ line }) => `# ${line(['production'])}`)
  return [
    '',
    "# A monorepo's parts. Name one here when it is deployed by itself: an environment is then judged by these paths alone.",
    ...(deployed.length > 0 ? ['services:', ...deployed] : ['# services:']),
    ...together,
  ]
}

/** The first policy of a repository, with a word on each choice. `topLevel` names the folders at its root. */
export const policyText = (survey: Survey, topLevel: readonly string[]): string =>
  [
    '# What Prodgate asks of this repository before a deployment. See docs/policy.md; `prodgate validate` checks this file.',
    'version: 1',
    'extends: [recommended]',
    '',
    ...environmentLines(survey),
    ...serviceLines(survey, topLevel),
    '',
    '# Where pipelines leave their results. Without them, rules about tests and vulnerabilities are unknown.',
    'evidence:',
    `  tests: ${list(survey.testGlobs)}`,
    `  vulnerabilities: ${list(['**/trivy*.json', '**/*trivy.json'])}`,
    '',
    '# Levels and thresholds of single rules: off, on, a severity, or a map with parameters. `prodgate rules` lists them.',
    'rules: {}',
    '',
    '# Exceptions, each with a reason, an owner and an end:',
    '# waivers:',
    '#   - rule: containers/non-root-user',
    '#     paths: ["jobs/**"]',
    '#     reason: the base image runs as root until its next release',
    '#     owner: "@acme/platform"',
    '#     expires: 2027-03-31',
    '',
  ].join('\n')
