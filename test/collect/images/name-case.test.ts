import { expect, test } from 'vitest'
import { memoryWorkspace } from '../../../src/adapters/memory/memory.ts'
import { observe } from '../../../src/observe.ts'

const workflow = (image: string): string => `on: push
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - run: docker build -t ${image} .
      - run: docker push ${image}
`
const whole = 'ghcr.io/${{ github.repository }}:1'
const owned = 'ghcr.io/${{ github.repository_owner }}/till:1'

const told = async (image: string, repository: string | undefined, files: Record<string, string> = {}) => {
  const tree = memoryWorkspace({ '.github/workflows/ci.yml': workflow(image), Dockerfile: 'FROM scratch\n', ...files })
  const { facts } = await observe({ workspace: tree, evidenceFiles: tree, ignore: [], evidenceGlobs: {}, repository })
  return facts.of('images.name').map(({ value }) => [value.upper, value.because])
}

test.each([
  ['the whole name', whole, 'Acme/till', ['yes', 'the repository is Acme/till']],
  ['the whole name, with a capital in its second half', whole, 'acme/Till', ['yes', 'the repository is acme/Till']],
  ['the whole name in lower case', whole, 'acme/till', ['no', '']],
  ['the owner alone', owned, 'Acme/till', ['yes', 'the repository is Acme/till']],
  ['the owner alone, whatever the rest', owned, 'acme/Till', ['no', '']],
  ['nobody says', owned, undefined, ['unknown', 'nothing in the repository says how its owner is written']],
])('an image by %s', async (_, image, repository, expected) => {
  const names = await told(image, repository)
  expect(names.length).toBeGreaterThan(0)
  for (const name of names) expect(name).toEqual(expected)
})

test('what the forge says counts more than what a file says', async () => {
  const names = await told(owned, 'acme/till', { CODEOWNERS: '* @Acme/platform\n' })
  for (const name of names) expect(name).toEqual(['no', ''])
})
