import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { builtinModules } from 'node:module'
import { describe, expect, test } from 'vitest'

const src = join(import.meta.dirname, '../src')

// Who may import whom. Each edge has its reason; an edge that is not here is a mistake.
const law: Record<string, Record<string, string>> = {
  core: {
    zod: 'schemas give types, CEL types and JSON Schema',
    yaml: 'rules and policies are YAML with positions',
    picomatch: 'globs of policies and waivers (core/globs.ts alone)',
    '@noble/hashes':
      'fingerprints and content security policies need a hash without node:crypto (core/fingerprint.ts alone)',
    '@marcbachmann/cel-js': 'the expression language (core/expression.ts alone)',
    re2js: 'linear regular expressions for CEL (core/expression.ts alone)',
  },
  ports: { core: 'ports speak in core types' },
  collect: {
    core: 'collectors produce facts',
    ports: 'collectors read through ports',
    zod: 'shapes of evidence files',
    yaml: 'the YAML parser that says what is wrong (collect/yaml alone)',
    'js-yaml': 'the swift YAML parser (collect/yaml alone)',
    'dockerfile-ast': 'the Dockerfile parser (collect/docker alone)',
    'libpg-query': 'the SQL parser (collect/databases alone)',
    saxes: 'the XML parser (collect/evidence alone)',
    fflate: 'inflates archives (collect/evidence/archive alone)',
    '@streamparser/json': 'the JSON stream parser (collect/evidence/json alone)',
    ignore: 'git ignore patterns',
    '@secretlint/secretlint-rule-preset-recommend': 'detectors of secrets (collect/secrets/detector.ts alone)',
    picomatch: 'globs inside evaluated files, such as .dockerignore',
  },
  render: {
    core: 'renderers read the report',
    zod: 'the JSON renderer keeps the key order of the schema',
    picocolors: 'colour in the terminal',
  },
  adapters: {
    core: 'errors and types',
    ports: 'adapters make ports real',
    'node:*': 'disk and processes',
    '@actions/github': "GitHub's API client",
    zod: 'the shape of answers from the API',
    probot: "the App's Octokit (adapters/github/app-octokit.ts alone)",
    'tar-stream': "a commit's archive (adapters/github/archive.ts alone)",
    pg: 'a PostgreSQL server (adapters/postgres/server.ts alone)',
    '@electric-sql/pglite': 'the embedded PostgreSQL (adapters/postgres/embedded.ts alone)',
    'pg-boss': 'jobs (adapters/postgres/queue.ts alone)',
  },
  'assess.ts': { assess: 'its steps', core: 'history' },
  assess: {
    core: 'rules, decision',
    collect: 'types',
    ports: 'workspace',
    'observe.ts': 'facts',
    'compare.ts': 'the base',
    'advise.ts': 'what is missing',
  },
  'advise.ts': { core: 'the steps', ports: 'manifests' },
  'observe.ts': { core: 'facts', collect: 'collectors', ports: 'workspace and evidence' },
  'compare.ts': { core: 'rules', ports: 'workspace', 'observe.ts': 'facts' },
  'judge-question.ts': { core: 'rules', ports: 'the question', 'assess.ts': 'the judging' },
  'rule-cases.ts': {
    core: 'rules',
    adapters: "a rule's cases live in memory",
    'observe.ts': 'the same reading as a real run',
  },
  'hosts/action': {
    zod: 'the shape of the event payload',
    collect: 'the decoder and the limits that policies are read with',
    core: '',
    ports: '',
    adapters: '',
    render: '',
    'assess.ts': '',
    'hosts/version.ts': '',
    'hosts/ci.ts': 'the commit that a CI service names',
    'node:*': 'hosts meet the outside',
    '@actions/core': '',
    '@actions/github': '',
    'builtin-rules': 'the law in the bundle',
  },
  gate: {
    core: 'reports, policies and reasons',
    ports: 'everything outside',
    render: 'comments, check runs and answers',
    'assess.ts': 'the judging',
    zod: "shapes of webhooks' payloads",
  },
  'hosts/app': {
    core: '',
    ports: '',
    adapters: '',
    render: '',
    gate: '',
    'assess.ts': '',
    'hosts/version.ts': '',
    'node:*': 'hosts meet the outside',
    'builtin-rules': 'the law in the bundle',
    collect: 'archives of evidence',
    'judge-question.ts': 'the judging, in threads',
    probot: 'webhooks, verified, and the set-up page',
    '@probot/get-private-key': "Probot's way to find its key",
    pino: 'structured logs',
    'prom-client': 'metrics',
    zod: 'the shape of the settings',
  },
  'hosts/cli': {
    collect: 'the decoder and the limits that policies are read with',
    core: '',
    ports: '',
    adapters: '',
    render: '',
    'assess.ts': '',
    'rule-cases.ts': '',
    'hosts/version.ts': '',
    'hosts/ci.ts': 'the commit that a CI service names',
    'node:*': 'hosts meet the outside',
    'builtin-rules': 'the law in the bundle',
    picocolors: 'colour',
    yaml: 'init writes a policy',
    commander: 'arguments',
  },
  'hosts/version.ts': {},
  'hosts/ci.ts': {},
  'builtin-rules.d.ts': { core: 'the type of a rule' },
}

// The libraries that stand behind one door each, so that they can be replaced.
const doors: Record<string, RegExp> = {
  '@marcbachmann/cel-js': /^core\/expression\.ts$/,
  re2js: /^core\/expression\.ts$/,
  '@noble/hashes': /^core\/fingerprint\.ts$/,
  'dockerfile-ast': /^collect\/docker\//,
  '@secretlint/secretlint-rule-preset-recommend': /^collect\/secrets\/detector\.ts$/,
  'libpg-query': /^collect\/databases\//,
  saxes: /^collect\/evidence\//,
  pg: /^adapters\/postgres\/server\.ts$/,
  '@electric-sql/pglite': /^adapters\/postgres\/embedded\.ts$/,
  probot: /^(adapters\/github\/app-octokit\.ts$|hosts\/app\/)/,
  'tar-stream': /^adapters\/github\/archive\.ts$/,
  'pg-boss': /^adapters\/postgres\/queue\.ts$/,
  fflate: /^collect\/evidence\/archive\//,
  '@streamparser/json': /^collect\/evidence\/json\//,
}

const roomOf = (path: string): string => {
  const [first = '', second = ''] = path.split('/')
  return first === 'hosts' ? `${first}/${second}` : first
}

const packageOf = (specifier: string): string => {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return 'node:*'
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .sort()

const importsOf = (path: string): { target: string; specifier: string }[] => {
  const text = readFileSync(join(src, path), 'utf8')
  const found = text.matchAll(/^(?:import|export|\})[^'\n]*from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm)
  return [...found].map(([, from, bare, dynamic]) => {
    const specifier = from ?? bare ?? dynamic ?? ''
    if (!specifier.startsWith('.')) return { specifier, target: packageOf(specifier) }
    const resolved = join('/', path, '..', specifier).slice(1)
    return { specifier, target: roomOf(resolved) }
  })
}

const withoutComments = (path: string): string =>
  readFileSync(join(src, path), 'utf8').replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, '')

describe('the import law', () => {
  test.each(files)('%s', (path) => {
    const room = roomOf(path)
    const allowed = law[room]
    expect(allowed, `no law for ${room}`).toBeDefined()
    const broken = importsOf(path).filter(({ target }) => target !== room && !Object.hasOwn(allowed ?? {}, target))
    expect(broken).toEqual([])
    for (const { target } of importsOf(path))
      expect(doors[target]?.test(path) ?? true, `${target} has another door`).toBe(true)
  })

  test('the core asks nobody for the time, chance or the environment', () => {
    const impure = /\bDate\.now\(|new Date\(\)|Math\.random\(|\bprocess\.|\bfetch\(|performance\./
    const found = files.filter((path) => /^(core|collect|render)\//.test(path) && impure.test(withoutComments(path)))
    expect(found).toEqual([])
  })
})
