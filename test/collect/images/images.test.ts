import { expect, test } from 'vitest'
import { observeTree } from '../facts-of.ts'

const workflow = `on: push
jobs:
  image:
    runs-on: ubuntu-latest
    strategy: { matrix: { service: [api, web] } }
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-go@v5
        with: { go-version: '1.25' }
      - run: go build ./cmd/shop
      - uses: docker/build-push-action@v6
        with:
          context: \${{ matrix.service }}
          platforms: linux/amd64,linux/arm64
          push: true
          tags: ghcr.io/clinic/\${{ matrix.service }}:\${{ github.sha }}
      - run: kubectl set image deployment/api api=ghcr.io/clinic/api:$GITHUB_SHA
`

test('everything that is joined satisfies its schema', async () => {
  const { facts } = await observeTree({
    '.github/workflows/cd.yml': workflow,
    'go.mod': 'module clinic.example/shop\ngo 1.25\n',
    'cmd/shop/main.go': 'package main',
    'api/Dockerfile': 'FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\nRUN GOARCH=amd64 go build ./cmd/api\n',
    'api/.dockerignore': '.env\n',
    'web/Dockerfile': 'FROM node:22\nCOPY package.json dist ./\n',
    'web/package.json': '{ "engines": { "node": ">=22" } }',
    'compose.yaml': 'services:\n  web: { build: web, environment: { VITE_API: x } }\n',
    'k8s/api.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: api }\nspec: { containers: [{ name: api, image: "ghcr.io/clinic/api:1" }] }\n',
  })
  expect(facts.of('images.build').map(({ value }) => [value.by, value.dockerfile])).toEqual([
    ['workflow', 'api/Dockerfile'],
    ['workflow', 'web/Dockerfile'],
    ['compose', 'web/Dockerfile'],
  ])
  expect(facts.of('images.copied-path').map(({ value }) => [value.source, value.state])).toEqual([
    ['.', 'exists'],
    ['package.json', 'exists'],
    ['dist', 'unknown'],
  ])
  expect(facts.of('images.built-path').map(({ value }) => [value.path, value.state])).toEqual([
    ['cmd/shop', 'exists'],
    ['api/cmd/api', 'missing'],
  ])
  expect(facts.of('images.fixed-architecture')[0]?.value.others).toEqual(['linux/arm64'])
  expect(facts.of('images.ignore-file')[0]?.value.used).toBe(true)
  expect(facts.of('images.reference')[0]?.value.state).toBe('pushed')
  expect(facts.of('images.manifest-image')[0]?.value.state).toBe('pushed')
  expect(facts.of('images.public-variable')[0]?.value.built).toBe('no')
  expect(facts.of('images.toolchain').map(({ value }) => [value.language, value.satisfies])).toEqual([
    ['Go', 'yes'],
    ['Go', 'unknown'],
    ['Node.js', 'yes'],
  ])
})
