import { programWords } from './shell.ts'
import type { Step } from './step.ts'
import { usesAction } from './uses.ts'

export type CheckKind = 'test' | 'lint' | 'verify'

const testTargets =
  /^(test|tests|check|verify|e2e|integration|unit|spec|ci)([-:_][\w:-]+)?$|[-:_](test|tests|e2e|spec)$/
const lintTargets =
  /^(lint|typecheck|type-check|format-check|fmt-check|eslint|tsc)([-:_][\w:-]+)?$|^(check|format)[-:_](types?|format|lint|check)$/

const always: Readonly<Record<string, CheckKind>> = {
  vitest: 'test',
  jest: 'test',
  mocha: 'test',
  ava: 'test',
  pytest: 'test',
  'py.test': 'test',
  tox: 'test',
  nox: 'test',
  rspec: 'test',
  phpunit: 'test',
  ctest: 'test',
  gotestsum: 'test',
  ginkgo: 'test',
  karma: 'test',
  pest: 'test',
  unittest: 'test',
  bats: 'test',
  'vendor/bin/phpunit': 'test',
  './vendor/bin/phpunit': 'test',
  eslint: 'lint',
  'golangci-lint': 'lint',
  flake8: 'lint',
  ruff: 'lint',
  pylint: 'lint',
  mypy: 'lint',
  pyright: 'lint',
  rubocop: 'lint',
  shellcheck: 'lint',
  hadolint: 'lint',
  actionlint: 'lint',
  stylelint: 'lint',
  yamllint: 'lint',
  kubeconform: 'lint',
  kubeval: 'lint',
  phpstan: 'lint',
  ktlint: 'lint',
  staticcheck: 'lint',
  tflint: 'lint',
  markdownlint: 'lint',
  'kube-linter': 'lint',
  biome: 'lint',
  oxlint: 'lint',
  tsc: 'lint',
  detekt: 'lint',
  zizmor: 'lint',
}

const verbs: Readonly<Record<string, readonly [RegExp, CheckKind][]>> = {
  go: [
    [/^test$/, 'test'],
    [/^vet$/, 'lint'],
  ],
  cargo: [
    [/^(test|nextest)$/, 'test'],
    [/^(clippy|fmt)$/, 'lint'],
  ],
  dotnet: [[/^test$/, 'test']],
  playwright: [[/^test$/, 'test']],
  cypress: [[/^run$/, 'test']],
  mix: [
    [/^test$/, 'test'],
    [/^credo$/, 'lint'],
  ],
  swift: [[/^test$/, 'test']],
  flutter: [
    [/^test$/, 'test'],
    [/^analyze$/, 'lint'],
  ],
  dart: [
    [/^test$/, 'test'],
    [/^analyze$/, 'lint'],
  ],
  bazel: [[/^test$/, 'test']],
  deno: [
    [/^test$/, 'test'],
    [/^lint$/, 'lint'],
  ],
  bun: [[/^test$/, 'test']],
  rails: [[/^test(:\w+)?$/, 'test']],
  rake: [[/^(test|spec)(:\w+)?$/, 'test']],
  sbt: [[/^"?test/, 'test']],
  lein: [[/^test$/, 'test']],
  helm: [[/^(unittest|lint)$/, 'lint']],
  terraform: [[/^validate$/, 'lint']],
  composer: [[/^(test|tests)$/, 'test']],
  ng: [
    [/^(test|e2e)$/, 'test'],
    [/^lint$/, 'lint'],
  ],
  xcodebuild: [[/^test$/, 'test']],
}

const scriptRunners = new Set(['npm', 'yarn', 'pnpm', 'bun', 'make', 'just', 'task', 'turbo', 'nx', 'lerna', 'rake'])
const buildTools = /^(\.\/|\.\.\/)*(gradlew|gradle|mvnw|mvn)(\.bat|\.cmd)?$/

const buildToolKind = (words: readonly string[]): CheckKind | undefined => {
  const skipped =
    words.some((word) => /^-D(skipTests|maven\.test\.skip)(=true)?$/.test(word)) ||
    words.some((word, index) => word === '-x' && words[index + 1] === 'test')
  const goals = words
    .slice(1)
    .filter((word) => !word.startsWith('-'))
    .map((word) => word.split(':').at(-1) ?? '')
  const maven = /mvn/.test(words[0] ?? '')
  const wanted = maven
    ? ['test', 'verify', 'package', 'install', 'integration-test']
    : ['test', 'check', 'build', 'integrationTest']
  if (!skipped && goals.some((goal) => wanted.includes(goal) || goal.endsWith('Test'))) return 'test'
  return goals.some((goal) => /^(ktlintCheck|detekt|spotlessCheck|checkstyle\w*|lint)$/.test(goal)) ? 'lint' : undefined
}

const named = /(^|\/)[\w.-]*(test|spec|e2e|smoke)[\w.-]*\.(sh|py|js|mjs|ts|bash)$|(^|\/)(run-?)?tests?$/i

/** `docker compose exec web pytest`: what runs in the container stands somewhere after the options. */
const inContainer = (words: readonly string[]): CheckKind | undefined => {
  const start = words.findIndex((word) => word === 'exec' || word === 'run')
  if (start < 0 || start > 6) return undefined
  const kinds = words.slice(start + 1, start + 12).map((_, index) => checkKind(words.slice(start + 1 + index)))
  return kinds.find((kind) => kind !== undefined)
}

/** What kind of check a command is; undefined for anything else. */
export const checkKind = (raw: readonly string[]): CheckKind | undefined => {
  const words = programWords(raw)
  const program = words[0] ?? ''
  const rest = words.slice(1).filter((word) => !word.startsWith('-'))
  if (words.some((word) => word === '--version' || word === '--help')) return undefined
  if (program === 'docker' || program === 'docker-compose') return inContainer(words)
  if (buildTools.test(program)) return buildToolKind(words)
  if (Object.hasOwn(always, program)) return always[program]
  const byVerb = Object.hasOwn(verbs, program) ? verbs[program] : undefined
  for (const [verb, kind] of byVerb ?? []) if (rest.slice(0, 3).some((word) => verb.test(word))) return kind
  if (scriptRunners.has(program)) {
    const target = rest.find((word) => !['run', 'run-script', 'workspace', 'affected'].includes(word)) ?? ''
    if (rest[0] === 'ci' || target === 'ci') return undefined
    if (lintTargets.test(target)) return 'lint'
    if (testTargets.test(target) || (program === 'npm' && target === 't')) return 'test'
    return undefined
  }
  if (program === 'black' || program === 'prettier' || program === 'isort')
    return words.includes('--check') || words.includes('-c') || words.includes('--check-only') ? 'lint' : undefined
  const script = ['bash', 'sh', 'node', 'python', 'python3'].includes(program) ? (rest[0] ?? '') : program
  return script.includes('/') || script.includes('.') ? (named.test(script) ? 'test' : undefined) : undefined
}

/** What kind of check an action is. */
export const actionCheckKind = (step: Step): CheckKind | undefined => {
  if (usesAction(step.uses, 'cypress-io/github-action', 'coactions/setup-xvfb', 'helm/chart-testing-action'))
    return 'test'
  const lints = [
    'golangci/golangci-lint-action',
    'hadolint/hadolint-action',
    'super-linter/super-linter',
    'github/super-linter',
    'pre-commit/action',
    'psf/black',
    'astral-sh/ruff-action',
    'chartboost/ruff-action',
    'ludeeus/action-shellcheck',
  ]
  return usesAction(step.uses, ...lints) ? 'lint' : undefined
}

/** A step that says it tests or verifies, and does so with a command of no test framework. */
export const verifiesByName = (step: Step, words: readonly string[]): boolean =>
  /\b(tests?|testing|verify|smoke|health ?check|validate)\b/i.test(step.label) &&
  ((words[0] === 'docker' && words[1] === 'run') || words[0] === 'curl')

const besides = /upload|install|set ?up|report|publish|cache|download|result|summary|coverage|prepare|start|wait/i

/** A step or job that calls itself a test, with commands that nobody knows: it is taken at its word. */
export const saysItTests = (step: Step): boolean =>
  step.run !== undefined && /\b(tests?|specs?|e2e)\b/i.test(step.label) && !besides.test(step.label)
