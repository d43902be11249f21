import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { diskRenderer } from '../../../src/adapters/disk/rendering/renderer.ts'
import { findProgram, findTool } from '../../../src/adapters/disk/rendering/tools.ts'
import type { RenderRequest } from '../../../src/ports/renderer.ts'
import { rendered, shopFiles } from '../../fixtures/rendering/shop.ts'

const path = process.env['PATH'] ?? ''
const noHelm = findTool('helm', path) === undefined
const noKustomize = findTool('kustomize', path) === undefined
if (noHelm) console.warn('helm is not on this machine: what only it can show is skipped')
if (noKustomize) console.warn('neither kustomize nor kubectl is on this machine: what only they can show is skipped')

const bytes = (files: Record<string, string>): Map<string, Uint8Array> =>
  new Map(Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)]))

const request = (tool: RenderRequest['tool'], folder: string, files: Record<string, string>): RenderRequest => ({
  tool,
  folder,
  files: bytes(files),
  values: [],
  release: 'basket',
  namespace: 'release-namespace',
})

const copies = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('prodgate-rendering-'))

const chart = (template: string, values = ''): Record<string, string> => ({
  'chart/Chart.yaml': 'apiVersion: v2\nname: basket\nversion: 1.0.0\n',
  'chart/values.yaml': values,
  'chart/templates/x.yaml': template,
})

/** A program in the place of a tool, for what real tools seldom do. */
const folder = mkdtempSync(join(tmpdir(), 'shop-tools-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const pretend = (name: string, script: string): string => {
  const place = mkdtempSync(join(folder, 'bin-'))
  writeFileSync(join(place, name), `#!${process.execPath}\n${script}`)
  chmodSync(join(place, name), 0o755)
  return place
}
const bounds = { each: 3000, all: 10_000, output: 1_000_000, memory: 1_500_000_000 }
// The programs here are written for Node, which reserves more memory than a rendering may take.
const roomy = { ...bounds, memory: 20_000_000_000 }

describe.skipIf(noKustomize)('kustomize', () => {
  test('gives what is kept as a fixture', async () => {
    const answer = await diskRenderer(path).render(request('kustomize', 'kustomize/overlays/prod', shopFiles))
    expect(answer).toEqual({ ok: true, text: rendered.kustomize, prefix: '../tree/' })
  })

  test.each([
    ['an address', 'resources: ["https://127.0.0.1:1/base.yaml"]\n', {}],
    ['a repository', 'resources: ["https://github.com/shop/base?ref=v1"]\n', {}],
    ['a file of the machine', 'resources: [../../../../../../../../etc/passwd]\n', {}],
    ['a file of the machine by its whole path', 'configMapGenerator: [{ name: x, files: [/etc/passwd] }]\n', {}],
    [
      'a program as a generator',
      'generators: [plugin.yaml]\n',
      {
        'shop/plugin.yaml':
          'apiVersion: v1\nkind: Evil\nmetadata:\n  name: x\n  annotations:\n    config.kubernetes.io/function: |\n      exec: { path: ./run.sh }\n',
        'shop/run.sh': '#!/bin/sh\necho ran\n',
      },
    ],
    ['a chart from elsewhere', 'helmCharts: [{ name: redis, repo: "https://charts.example.com" }]\n', {}],
  ])('refuses %s', async (_, kustomization, more) => {
    const files = { 'shop/kustomization.yaml': kustomization, ...more }
    const answer = await diskRenderer(path).render(request('kustomize', 'shop', files))
    expect(answer).toMatchObject({ ok: false, problem: 'failed' })
    expect(JSON.stringify(answer)).not.toMatch(/root:|prodgate-rendering|"ran/)
  })
})

describe.skipIf(noHelm)('helm', () => {
  test('gives what is kept as a fixture', async () => {
    const asked = { ...request('helm', 'chart', shopFiles), values: ['chart/values-prod.yaml'] }
    expect(await diskRenderer(path).render(asked)).toEqual({ ok: true, text: rendered.helm, prefix: '../tree/' })
  })

  test('says why a chart fails, in one line and without the place of its copy', async () => {
    const files = chart('image: {{ required "image is required" .Values.image }}\n')
    const answer = await diskRenderer(path).render(request('helm', 'chart', files))
    expect(answer).toEqual({
      ok: false,
      problem: 'failed',
      reason: expect.stringContaining('image is required') as string,
    })
    expect(JSON.stringify(answer)).not.toContain('prodgate-rendering')
  })

  test.each([
    ['counts without end', '{{ range $i, $e := until 2000000000 }}{{ $i }}{{ end }}'],
    ['calls itself without end', '{{ define "x" }}{{ include "x" . }}{{ end }}a: {{ include "x" . }}'],
    ['loops in loops', '{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}'],
    ['writes too much', '{{ range until 2000000 }}a{{ . }}: "{{ repeat 50 "x" }}"\n{{ end }}'],
    ['repeats', 'a: {{ repeat 2000000000 "x" }}'],
  ])('ends a chart that %s', { timeout: 20_000 }, async (_, template) => {
    const answer = await diskRenderer(path, bounds).render(request('helm', 'chart', chart(template)))
    expect(answer.ok).toBe(false)
    expect(copies()).toEqual([])
  })

  test('sees nothing of the machine', async () => {
    const files = chart('a: "{{ .Files.Get "../../../../etc/passwd" }}{{ getHostByName "example.com" }}"\nkind: X\n')
    const answer = await diskRenderer(path).render(request('helm', 'chart', files))
    expect(answer.ok && answer.text).toContain('a: ""')
  })
})

describe('the bounds', () => {
  test('a tool that is not there says how to install it', async () => {
    for (const tool of ['helm', 'kustomize'] as const)
      expect(await diskRenderer('').render(request(tool, 'chart', {}))).toMatchObject({
        problem: 'missing-tool',
        reason: expect.stringMatching(/not installed: see https:/) as string,
      })
  })

  test('a relative entry of PATH is not looked into', () => {
    expect(findProgram('helm', '.:bin:')).toBeUndefined()
  })

  test('a tool gets no credentials, no program and no input', async () => {
    const place = pretend(
      'helm',
      'const { env, argv } = process; process.stdout.write(JSON.stringify({ env, argv, input: require("fs").readFileSync(0, "utf8") }))',
    )
    process.env['AWS_SECRET_ACCESS_KEY'] = 'taken from the machine'
    const answer = await diskRenderer(place, roomy).render(request('helm', 'chart', chart('')))
    delete process.env['AWS_SECRET_ACCESS_KEY']
    const seen = JSON.parse(answer.ok ? answer.text : '{}') as { env: Record<string, string>; input: string }
    expect(seen.input).toBe('')
    expect(seen.env).toMatchObject({ PATH: '', HTTPS_PROXY: 'http://127.0.0.1:9' })
    expect(Object.keys(seen.env).filter((name) => /AWS|TOKEN|GITHUB/.test(name))).toEqual([])
    expect(seen.env['HOME']).toContain('prodgate-rendering-')
  })

  test.each([
    ['too-large', 'const x = "x".repeat(1e6); for (let i = 0; i < 100; i++) process.stdout.write(x)'],
    ['too-slow', 'for (;;);'],
    ['failed', 'process.stderr.write("Error: " + "y".repeat(1e7)); process.exitCode = 1'],
  ])('%s', async (problem, script) => {
    const renderer = diskRenderer(pretend('helm', script), { ...roomy, each: 1500 })
    const answer = await renderer.render(request('helm', 'chart', chart('')))
    expect(answer).toMatchObject({ ok: false, problem })
    expect(answer.ok ? '' : answer.reason.length).toBeLessThan(400)
    expect(copies()).toEqual([])
  })

  test('all renderings together have a limit', async () => {
    const renderer = diskRenderer(pretend('helm', 'for (;;);'), { ...roomy, each: 300, all: 500 })
    const ask = (template: string) => renderer.render(request('helm', 'chart', chart(template)))
    await ask('a')
    await ask('b')
    expect(await ask('c')).toMatchObject({
      problem: 'too-slow',
      reason: expect.stringContaining('before it') as string,
    })
  })

  test('the same request is rendered once', async () => {
    const renderer = diskRenderer(pretend('helm', 'process.stdout.write(String(process.hrtime.bigint()))'), roomy)
    const first = await renderer.render(request('helm', 'chart', chart('a')))
    expect(await renderer.render(request('helm', 'chart', chart('a')))).toEqual(first)
    expect(await renderer.render(request('helm', 'chart', chart('b')))).not.toEqual(first)
  })

  test('a path that leaves the tree is not written', async () => {
    const place = pretend(
      'helm',
      'process.stdout.write(require("fs").readdirSync("../tree", { recursive: true }).join())',
    )
    const files = { ...chart(''), '../outside.yaml': 'x', '/etc/shop': 'x', 'a/../../b': 'x', 'c\\..\\d': 'x' }
    const answer = await diskRenderer(place, roomy).render(request('helm', 'chart', files))
    expect(answer.ok && answer.text.split(',').sort().join()).toBe(
      'chart,chart/Chart.yaml,chart/templates,chart/templates/x.yaml,chart/values.yaml',
    )
  })
})
