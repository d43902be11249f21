import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { combinationsOf } from '../../../src/collect/images/matrix.ts'
import { resolveExpressions, resolveWord, type Scope } from '../../../src/collect/images/resolve.ts'
import { namePattern, tagState } from '../../../src/collect/images/tag-match.ts'

const scope: Scope = {
  env: { registry: 'ghcr.io', image: '${{ env.REGISTRY }}/clinic', loop: '${{ env.LOOP }}x' },
  matrix: { service: 'edge' },
  shell: { tag: '1.2' },
}

describe('what a workflow says of a name', () => {
  test.each([
    ['${{ env.IMAGE }}:${{ github.sha }}', 'ghcr.io/clinic:${{github.sha}}'],
    ["${{ matrix.service == 'edge' && '.' || matrix.service }}", '.'],
    ["${{ matrix.service == 'core' && '.' || matrix.service }}", 'edge'],
    ["${{ github.ref == 'x' && 'a' || 'b' }}", "${{github.ref == 'x' && 'a' || 'b'}}"],
    ['${{ secrets.NAME }}', '${{secrets.name}}'],
    ['plain', 'plain'],
    ['${{ open', '${{ open'],
  ])('%s', (text, expected) => expect(resolveExpressions(text, scope)).toBe(expected))

  test.each([
    ['$REGISTRY/shop:$TAG', 'ghcr.io/shop:1.2'],
    ['${IMAGE}:${GITHUB_SHA::7}', 'ghcr.io/clinic:${{github.sha:7}}'],
    ['shop:$(git rev-parse --short HEAD)', 'shop:${{github.sha:7}}'],
    ['shop:$OTHER', 'shop:${{$other}}'],
  ])('%s in a script', (word, expected) => expect(resolveWord(word, scope)).toBe(expected))

  test('an env that names itself ends', () => expect(resolveExpressions('${{ env.LOOP }}', scope)).toContain('x'))

  test('any text is answered', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(resolveWord(`$\{{${text}`, scope)).toBeTypeOf('string')
      }),
    )
  })
})

test('a matrix gives each run, with what include adds', () => {
  const matrix = { service: ['api', 'web'], include: [{ service: 'api', port: 1 }, { service: 'edge' }] }
  expect(combinationsOf({ strategy: { matrix } })).toEqual([
    { service: 'api', port: '1' },
    { service: 'web' },
    { service: 'edge' },
  ])
  expect(combinationsOf({})).toEqual([{}])
  expect(combinationsOf({ strategy: { matrix: { include: [{ app: { name: 'api' } }] } } })).toEqual([
    { 'app.name': 'api' },
  ])
})

describe('whether a tag is pushed', () => {
  const sha = '${{github.sha}}'
  test.each([
    [sha, ['sha-${{github.sha:7}}'], 'tag-missing'],
    [sha, [sha], 'pushed'],
    ['latest', ['${{branch}}'], 'tag-missing'],
    ['main', ['${{branch}}'], 'unknown'],
    ['1.2.0', ['${{release}}'], 'unknown'],
    ['1.2.0', [sha], 'tag-missing'],
    ['1.2.0', ['${{inputs.tag}}'], 'unknown'],
    ['${{inputs.tag}}', [sha], 'unknown'],
  ])('%s of %s', (used, pushed, expected) => expect(tagState(used, pushed)).toBe(expected))
})

test('a name with an owner fits any owner', () => {
  expect(namePattern('ghcr.io/${{github.repository_owner}}/shop')?.test('ghcr.io/clinic/shop')).toBe(true)
  expect(namePattern('ghcr.io/${{secrets.x}}/shop')).toBeUndefined()
})
