import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { defaultEvidenceGlobs } from '../../../src/collect/evidence/default-globs.ts'
import { adviceFor } from '../../../src/core/advice/advice.ts'
import { javascriptRunner, surveyToolchains, toolchainNames, type Survey } from '../../../src/core/advice/toolchains.ts'
import { evidenceKinds } from '../../../src/core/evidence-kinds.ts'
import { globMatcher } from '../../../src/core/globs.ts'

const survey = (files: Record<string, string>): Promise<Survey> =>
  surveyToolchains(Object.keys(files), (path) => Promise.resolve(files[path]))
const found = async (files: Record<string, string>): Promise<string[]> =>
  (await survey(files)).toolchains.map(({ name, directory }) => `${name} ${directory}`)

const everything: Survey = {
  toolchains: toolchainNames.flatMap((name) => [
    { name, directory: '.' },
    { name, directory: `services/${name}` },
  ]),
  imageFiles: ['Dockerfile', 'services/api/Dockerfile'],
  loadTests: ['load/checkout.js'],
}
const nothing: Survey = { toolchains: [], imageFiles: [], loadTests: [] }

describe('each step', () => {
  const all = [everything, nothing].flatMap((one) => adviceFor(evidenceKinds, one))
  const steps = all.flatMap(({ kind, steps: own }) => own.map((step) => ({ kind, ...step })))

  test.each(steps.map((step) => [`${step.kind} ${step.title} in ${step.directory}`, step] as const))(
    '%s',
    (_, { kind, yaml, writes, directory }) => {
      const list = parse(yaml) as Record<string, unknown>[]
      expect(Array.isArray(list) && list.length > 0).toBe(true)
      for (const step of list) {
        const { name, if: when, uses, run } = step
        expect(name).toEqual(expect.any(String))
        expect(when).toBe('${{ !cancelled() }}')
        expect([uses, run].filter((part) => typeof part === 'string')).toHaveLength(1)
        expect(
          Object.keys(step).filter((key) => !['name', 'if', 'uses', 'with', 'run', 'working-directory'].includes(key)),
        ).toEqual([])
        const pinned =
          typeof uses === 'string'
            ? [/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(uses), /@[0-9a-f]{40} # v\d+\.\d+\.\d+$/m.test(yaml)]
            : []
        expect(pinned).not.toContain(false)
        // No version of a tool is left to the day on which the step runs.
        expect(typeof run === 'string' ? run : '').not.toMatch(/@latest|:latest|\binstall [\w-]+$/m)
      }
      expect(directory === '.' || writes.startsWith(`${directory}/`)).toBe(true)
      // What the step leaves is found without a word in the policy.
      const globs = defaultEvidenceGlobs[kind]
      expect(globs.length === 0 || globMatcher(globs)(writes.replaceAll('*', 'x'))).toBe(true)
    },
  )

  test('there is one for every kind, whatever the repository is', () => {
    expect(adviceFor(evidenceKinds, everything).filter((one) => one.steps.length === 0)).toEqual([])
    const without = adviceFor(evidenceKinds, nothing).filter((one) => one.steps.length === 0)
    expect(without.map(({ kind }) => kind)).toEqual(['tests', 'coverage'])
  })
})

describe('what a repository is built with', () => {
  test.each<[string, string | undefined]>([
    ['{ "devDependencies": { "vitest": "4" } }', 'vitest'],
    ['{ "devDependencies": { "jest": "30" } }', 'jest'],
    ['{ "scripts": { "test": "mocha" } }', 'mocha'],
    ['{ "scripts": { "test": "node --test" } }', 'node'],
    ['{ "scripts": { "test": "echo none" } }', undefined],
    ['{ "scripts": [1], "dependencies": "x" }', undefined],
    ['null', undefined],
    ['{', undefined],
  ])('%s', (text, expected) => expect(javascriptRunner(text)).toBe(expected))

  test('each language by its manifest, the outermost of each', async () => {
    expect(
      await found({
        'package.json': '{ "devDependencies": { "vitest": "4" } }',
        'packages/web/package.json': '{ "devDependencies": { "vitest": "4" } }',
        'services/bill/package.json': '{ "devDependencies": { "jest": "30" } }',
        'services/till/go.mod': '',
        'services/till/tools/go.mod': '',
        'services/book/pom.xml': '',
        'services/book/core/pom.xml': '',
        'services/desk/build.gradle.kts': '',
        'jobs/report/requirements.txt': '',
        'jobs/report/pyproject.toml': '',
        'Cargo.toml': '',
        'Shop.sln': '',
        'composer.json': '',
        Gemfile: '',
      }),
    ).toEqual([
      'vitest .',
      'jest services/bill',
      'go services/till',
      'maven services/book',
      'gradle services/desk',
      'pytest jobs/report',
      'rust .',
      'dotnet .',
      'php .',
      'ruby .',
    ])
  })

  test('paths that mean something to a shell or to YAML get no step', async () => {
    for (const folder of ['a b', '$(id)', 'a`b', 'a\nb', "a'b", '-rf', '..', 'a: b', 'ü'])
      expect(await survey({ [`${folder}/go.mod`]: '', [`${folder}/Dockerfile`]: '', [`${folder}/k6.js`]: '' })).toEqual(
        nothing,
      )
  })

  test('images and load tests', async () => {
    const { imageFiles, loadTests } = await survey({
      'api/Dockerfile': '',
      Dockerfile: '',
      'load/checkout.js': '',
      'src/upload/main.js': '',
    })
    expect(imageFiles).toEqual(['Dockerfile', 'api/Dockerfile'])
    expect(loadTests).toEqual(['load/checkout.js'])
  })
})
