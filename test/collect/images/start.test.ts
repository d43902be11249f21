import { describe, expect, test } from 'vitest'
import { parseInstructions } from '../../../src/collect/docker/instructions.ts'
import { readStages, type Stage } from '../../../src/collect/docker/stages.ts'
import { fileInImage } from '../../../src/collect/images/image-files.ts'
import { modulesOf } from '../../../src/collect/images/node-modules.ts'
import { scriptCommands } from '../../../src/collect/images/start-script.ts'

const stagesOf = (text: string): { stages: Stage[]; final: Stage } => {
  const stages = readStages(parseInstructions(text))
  const final = stages.find((stage) => stage.final)
  if (final === undefined) throw new Error('the Dockerfile of the test has no stage')
  return { stages, final }
}

describe('commands of a start script', () => {
  test.each([
    [
      'plain ones, with their lines',
      'set -e\npg_isready\nexec node server.js\n',
      ['set :1', 'pg_isready :2', 'node :3'],
    ],
    [
      'those that only development runs are left out',
      'if [ "$APP_ENV" = dev ]; then\n  nodemon\nfi\nnode a.js\n',
      ['node :4'],
    ],
    [
      'the other branch of it too, for nobody knows which',
      'if [ "$MODE" = development ]; then\n  nodemon\nelse\n  psql\nfi\njq\n',
      ['jq :6'],
    ],
    ['a program that is looked for first', 'if command -v psql; then\n  psql -c x\nfi\n', []],
    [
      'another way where the first fails',
      'curl -f "$A" || wget "$A"\ncurl -f "$B" || exit 1\n',
      ['curl :2', 'exit :2'],
    ],
    [
      'inside a condition of another kind',
      'if [ -n "$MIGRATE" ]; then\n  prisma migrate deploy\nfi\n',
      ['[ :1', 'prisma :2'],
    ],
    ['remarks', '# psql -c x\nnode a.js # psql\n', ['node :2']],
    ['no end to a condition', 'if [ "$DEBUG" ]; then\n psql\n', []],
  ])('%s', (_, script, expected) => {
    const found = scriptCommands(script, '').map(({ invocation, at }) => `${invocation.program} ${at}`)
    expect(found).toEqual(expected)
  })
})

describe('where a file of an image comes from', () => {
  const files = new Set(['docker/start.sh', 'start.sh', 'package.json', 'app/package.json'])
  const exists = (path: string): boolean => files.has(path)
  test.each([
    ['the whole context', 'FROM node:22\nWORKDIR /app\nCOPY . .', '/app/docker/start.sh', 'docker/start.sh'],
    [
      'a file into a folder',
      'FROM node:22\nCOPY docker/start.sh /usr/local/bin/',
      '/usr/local/bin/start.sh',
      'docker/start.sh',
    ],
    ['a file under another name', 'FROM node:22\nCOPY docker/start.sh /entry', '/entry', 'docker/start.sh'],
    ['a pattern', 'FROM node:22\nWORKDIR /app\nCOPY package*.json ./', '/app/package.json', 'package.json'],
    [
      'the later of two',
      'FROM node:22\nCOPY . /app\nCOPY docker/start.sh /app/start.sh',
      '/app/start.sh',
      'docker/start.sh',
    ],
    [
      'through another stage',
      'FROM node:22 AS build\nWORKDIR /src\nCOPY app ./\nFROM node:22\nCOPY --from=build /src /srv',
      '/srv/package.json',
      'app/package.json',
    ],
    [
      'a stage by its number',
      'FROM node:22\nCOPY . /a\nFROM node:22\nCOPY --from=0 /a/docker /b',
      '/b/start.sh',
      'docker/start.sh',
    ],
    ['another image', 'FROM node:22\nCOPY --from=registry.example/tools /start.sh /start.sh', '/start.sh', undefined],
    ['an unknown folder', 'FROM node:22\nARG HOME\nWORKDIR $HOME\nCOPY . .', '/start.sh', undefined],
    ['a stage that copies from itself', 'FROM node:22 AS a\nCOPY --from=a / /', '/start.sh', undefined],
  ])('%s', (_, dockerfile, target, expected) => {
    const { stages, final } = stagesOf(dockerfile)
    expect(fileInImage(final, stages, target, exists)?.path).toBe(expected)
  })
})

test('stages that all copy from each other come to an end', () => {
  const copies = Array.from({ length: 60 }, (_, from) => `COPY --from=${from} /a/ /a/`).join('\n')
  const { stages, final } = stagesOf(Array.from({ length: 60 }, () => `FROM node:22\n${copies}\n`).join(''))
  let asked = 0
  const file = fileInImage(final, stages, '/a/start.sh', () => {
    asked++
    return false
  })
  expect(file).toBeUndefined()
  expect(asked).toBeLessThan(10_000)
  expect(modulesOf(final, stages).kept).not.toBe('all')
})

describe('packages of npm that an image has', () => {
  test.each([
    ['all of them', 'FROM node:22\nRUN npm ci', 'all', []],
    ['none for development', 'FROM node:22\nRUN npm ci --omit=dev', 'production', []],
    ['told by the environment', 'FROM node:22\nENV NODE_ENV=production\nRUN npm ci', 'production', []],
    [
      'told by the environment, and by the option',
      'FROM node:22\nENV NODE_ENV=production\nRUN npm ci --include=dev',
      'all',
      [],
    ],
    ['taken away again', 'FROM node:22\nRUN npm ci && npm run build && npm prune --production', 'production', []],
    [
      'pnpm, which does not say',
      'FROM node:22\nENV NODE_ENV=production\nRUN pnpm install --frozen-lockfile',
      'unknown',
      [],
    ],
    ['yarn without a verb', 'FROM node:22\nRUN yarn --frozen-lockfile --production', 'production', []],
    ['by name', 'FROM node:22\nRUN npm install -g pm2@5 && npm ci --omit=dev', 'production', ['pm2']],
    [
      'of another stage',
      'FROM node:22 AS deps\nRUN npm ci --omit=dev\nFROM node:22\nCOPY --from=deps /node_modules ./node_modules',
      'production',
      [],
    ],
    [
      'what was traced',
      'FROM node:22 AS b\nRUN npm ci\nFROM node:22\nCOPY --from=b /app/.next/standalone ./',
      'traced',
      [],
    ],
    [
      'a single one beside it',
      'FROM node:22 AS b\nRUN npm ci\nFROM node:22\nCOPY --from=b /app/.next/standalone ./\nCOPY --from=b /app/node_modules/prisma ./node_modules/prisma',
      'traced',
      ['prisma'],
    ],
    ['what was built', 'FROM node:22 AS b\nRUN npm ci\nFROM node:22\nCOPY --from=b /app/dist ./dist', 'none', []],
  ])('%s', (_, dockerfile, kept, named) => {
    const { stages, final } = stagesOf(dockerfile)
    const modules = modulesOf(final, stages)
    expect({ kept: modules.kept, named: [...modules.named] }).toEqual({ kept, named })
  })
})
