import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { entryPoints } from '../../scripts/entry-points.ts'
import { inputDefaults } from '../../src/hosts/action/inputs.ts'
import { outputNames } from '../../src/hosts/action/output.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const Described = z.strictObject({ description: z.string().min(1) })
const ActionFile = z.strictObject({
  name: z.string(),
  description: z.string().max(125),
  author: z.string(),
  branding: z.strictObject({ icon: z.string(), color: z.string() }),
  inputs: z.record(z.string(), Described.extend({ default: z.string() })),
  outputs: z.record(z.string(), Described),
  runs: z.strictObject({ using: z.literal('node24'), main: z.string() }),
})
const action = ActionFile.parse(parse(read('action.yml')))

/** The first column of a table of docs/action.md, which names things in code spans. */
const documented = (heading: string): string[] => {
  const section = read('docs/action.md').split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  return [...section.matchAll(/^\| `([^`]+)` /gm)].map(([, name]) => name ?? '')
}

test('inputs and their defaults are those of the code', () => {
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default])
  expect(Object.fromEntries(defaults)).toEqual(inputDefaults)
  expect(documented('Inputs')).toEqual(Object.keys(inputDefaults))
})

test('outputs are those of the code', () => {
  expect(Object.keys(action.outputs)).toEqual([...outputNames])
  expect(documented('Outputs')).toEqual([...outputNames])
})

test('what runs is what the build makes', () => {
  expect(Object.keys(entryPoints).map((name) => `dist/${name}.js`)).toContain(action.runs.main)
})
