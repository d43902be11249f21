import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, unzipSync } from 'fflate'
import { extract } from 'tar-stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newShop, octokitOf } from './testing.ts'

const acme = { owner: 'acme', repo: 'shop' }
let made: Awaited<ReturnType<typeof newShop>>

beforeEach(async () => {
  made = await newShop()
})
afterEach(async () => {
  await made.github.stop()
  made.github.assertNoViolations()
})

const octokit = () => octokitOf(made.github, made.app, made.installation.id)

const filesOf = async (tar: Uint8Array): Promise<Record<string, string>> => {
  const files: Record<string, string> = {}
  const reader = extract()
  reader.end(Buffer.from(tar))
  for await (const entry of reader) {
    const parts: Buffer[] = []
    for await (const part of entry) parts.push(part as Buffer)
    if (entry.header.type === 'file') files[entry.header.name] = Buffer.concat(parts).toString()
  }
  return files
}

describe('a repository', () => {
  test('has the ids that git gives', () => {
    const folder = mkdtempSync(join(tmpdir(), 'prodgate-git-'))
    try {
      const git = (...args: string[]): string =>
        execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim()
      git('init', '-q')
      writeFileSync(join(folder, 'Dockerfile'), 'FROM node:24\n')
      execFileSync('mkdir', [join(folder, 'k8s')])
      writeFileSync(join(folder, 'k8s/app.yaml'), 'kind: Deployment\n')
      git('add', '.')
      const commit = made.shop.state.git.commits.get(made.shop.head)
      expect(git('write-tree')).toBe(commit?.tree)
      const at = `${Math.floor((commit?.author.at ?? 0) / 1000)} +0000`
      const who = { GIT_AUTHOR_NAME: 'ada', GIT_AUTHOR_EMAIL: 'ada@shop.example', GIT_AUTHOR_DATE: at }
      const committer = { GIT_COMMITTER_NAME: 'ada', GIT_COMMITTER_EMAIL: 'ada@shop.example', GIT_COMMITTER_DATE: at }
      const args = ['-C', folder, 'commit-tree', commit?.tree ?? '']
      const env = { ...process.env, ...who, ...committer }
      const sha = execFileSync('git', args, { encoding: 'utf8', env, input: 'Change the shop' }).trim()
      expect(made.shop.head).toMatch(/^[0-9a-f]{40}$/)
      expect(sha.length).toBe(40)
      expect(sha).toBe(made.shop.head)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('gives an archive, whose address is good without a token', async () => {
    const { data, url } = await octokit().rest.repos.downloadTarballArchive({ ...acme, ref: made.shop.head })
    expect(url).toContain(made.github.urls.storage)
    const files = await filesOf(gunzipSync(new Uint8Array(data as ArrayBuffer)))
    const top = `acme-shop-${made.shop.head.slice(0, 7)}`
    expect(files).toEqual({ [`${top}/Dockerfile`]: 'FROM node:24\n', [`${top}/k8s/app.yaml`]: 'kind: Deployment\n' })
  })

  test('gives files and folders, whole trees, and says when a tree is cut', async () => {
    const path = 'k8s/app.yaml'
    const { data } = await octokit().rest.repos.getContent({ ...acme, path })
    expect(data).toMatchObject({ type: 'file', size: 17 })
    expect((await octokit().rest.repos.getContent({ ...acme, path: 'k8s' })).data).toMatchObject([{ path }])
    const tree = { ...acme, tree_sha: made.shop.head, recursive: '1' }
    expect((await octokit().rest.git.getTree(tree)).data.tree.map((one) => one.path)).toEqual([
      'Dockerfile',
      'k8s',
      path,
    ])
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [`services/${n}/Dockerfile`, 'FROM node:24\n']),
    )
    const sha = made.shop.commit(many)
    expect((await octokit().rest.git.getTree({ ...tree, tree_sha: sha })).data.truncated).toBe(true)
  })

  test('keeps no empty folders, and the rest as it was', async () => {
    const sha = made.shop.commit({ 'k8s/app.yaml': null, 'services/pay/Dockerfile': 'FROM node:24\n' })
    const { git } = made.shop.state
    const paths = [...git.files(git.commits.get(sha)?.tree ?? '').keys()]
    expect(paths).toEqual(['Dockerfile', 'services/pay/Dockerfile'])
    const again = git.addTree(git.files(git.commits.get(sha)?.tree ?? '').values())
    expect(again).toBe(git.commits.get(sha)?.tree)
  })

  test('compares from where two sides parted, with moved files', async () => {
    const pull = made.shop.pullRequest({
      files: { 'k8s/app.yaml': null, 'deploy/app.yaml': 'kind: Deployment\n', Dockerfile: 'FROM node:25\n' },
    })
    made.shop.commit({ 'README.md': 'A shop' })
    const { data } = await octokit().rest.repos.compareCommitsWithBasehead({ ...acme, basehead: `main...${pull.sha}` })
    expect(data).toMatchObject({ status: 'diverged', ahead_by: 1, behind_by: 1 })
    expect(data.files?.map(({ filename, status, previous_filename }) => [filename, status, previous_filename])).toEqual(
      [
        ['Dockerfile', 'modified', undefined],
        ['deploy/app.yaml', 'renamed', 'k8s/app.yaml'],
      ],
    )
    const sha = pull.merge()
    const merged = await octokit().rest.repos.getContent({ ...acme, path: 'README.md', ref: sha })
    expect(merged.data).toMatchObject({ name: 'README.md' })
  })

  test('answers 304 where nothing changed', async () => {
    const first = await octokit().rest.repos.get(acme)
    const headers = { 'if-none-match': first.headers.etag ?? '' }
    await expect(octokit().rest.repos.get({ ...acme, headers })).rejects.toMatchObject({ status: 304 })
  })
})

test('artifacts of a run are read through an address without a token', async () => {
  const run = made.shop.run({ name: 'scan', artifacts: { sbom: { 'sbom.json': '{}' } } })
  const { data } = await octokit().rest.actions.listWorkflowRunArtifacts({ ...acme, run_id: run.id })
  const [artifact] = data.artifacts
  const at = { ...acme, artifact_id: artifact?.id ?? 0, archive_format: 'zip' }
  const zip = await octokit().rest.actions.downloadArtifact(at)
  const files = unzipSync(new Uint8Array(zip.data as ArrayBuffer))
  expect(Buffer.from(files['sbom.json'] ?? []).toString()).toBe('{}')
  const ofSha = await octokit().rest.actions.listWorkflowRunsForRepo({ ...acme, head_sha: made.shop.head })
  expect(ofSha.data.workflow_runs[0]?.path).toBe('.github/workflows/scan.yml')
})
