import { describe, expect, test } from 'vitest'
import {
  belongingOfFolder,
  belongingTo,
  forEnvironment,
} from '../../../src/collect/kubernetes/rendering/environments.ts'

describe('whose a folder is', () => {
  test.each([
    ['k8s/overlays/production', 'ours'],
    ['k8s/overlays/prod', 'ours'],
    ['overlays/prod-eu', 'ours'],
    ['clusters/eu_live/shop', 'ours'],
    ['overlays/pre-prod', 'another'],
    ['overlays/non-production', 'another'],
    ['overlays/preprod', 'another'],
    ['overlays/dev', 'another'],
    ['production/test', 'trial'],
    ['kustomize/tests/small', 'trial'],
    ['products/shop', 'neutral'],
    ['', 'neutral'],
  ])('%s is %s for production', (folder, belonging) => {
    expect(belongingOfFolder(folder, belongingTo({ name: 'production', names: [] }))).toBe(belonging)
  })

  test('the policy gives an environment other names', () => {
    const of = belongingTo({ name: 'clinic', names: ['ward-*'] })
    expect(['clinic', 'ward-3', 'prod', 'moon'].map(of)).toEqual(['ours', 'ours', 'another', 'neutral'])
  })
})

test.each([
  [
    ['prod', 'dev', 'e2e', 'shop'],
    ['prod', 'shop'],
  ],
  [
    ['dev', 'e2e', 'shop'],
    ['dev', 'shop'],
  ],
  [
    ['dev', 'staging'],
    ['dev', 'staging'],
  ],
  [['e2e'], ['e2e']],
  [[], []],
])('of %j production judges %j', (folders, judged) => {
  expect(forEnvironment(folders, belongingTo({ name: 'production', names: [] }))).toEqual(judged)
})
