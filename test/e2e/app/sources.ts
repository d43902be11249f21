/** Files of the shops and clinics that are judged, and the policies that judge them. */

/** A word that stands in every judged file and has no business in a log. */
export const privateWord = 'heliotrope-4711'

export const runsAsRoot = `# ${privateWord}\nFROM node:24.1.0-alpine\nCOPY . .\nCMD ["node", "server.js"]\n`
export const runsAsNode = `# ${privateWord}\nFROM node:24.1.0-alpine\nCOPY . .\nUSER node\nCMD ["node", "server.js"]\n`

export const lawPath = '.github/prodgate.yml'

/** One rule decides alone: containers run as somebody. */
export const oneRule = 'containers/non-root-user'

/**
 * A policy by which `runsAsNode` may be deployed and `runsAsRoot` may not.
 * @param production more of the environment's keys, in YAML's flow style
 * @param more further keys at the top
 */
export const law = (production = '', more = ''): string =>
  `version: 1
extends: []
environments:
  production: { blocking: high, minimum-score: 0${production === '' ? '' : `, ${production}`} }
rules: { ${oneRule}: critical }
${more}`

/** A policy by which nothing of this is held back. */
export const laxLaw = `version: 1
extends: []
environments:
  production: { blocking: critical, minimum-score: 0 }
rules: { ${oneRule}: low }
`

/** A policy by which every test has to pass, and nothing else counts. */
export const testsLaw = (production = '', more = ''): string =>
  law(production, more).replace(`${oneRule}:`, 'tests/all-pass:')

const suite = (test: string): string =>
  `<testsuites><testsuite name="till" tests="1">${test}</testsuite></testsuites>\n`

/** Files of an artifact: what a test run leaves behind. */
export const testsPass = {
  'reports/junit.xml': suite(`<testcase classname="till" name="opens ${privateWord}"/>`),
}
export const testsFail = {
  'reports/junit.xml': suite('<testcase classname="till" name="opens"><failure message="stuck"/></testcase>'),
}
