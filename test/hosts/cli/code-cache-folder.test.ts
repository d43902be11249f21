import { describe, expect, test } from 'vitest'
import { codeCacheFolder } from '../../../src/hosts/cli/code-cache-folder.ts'

const home = { HOME: '/home/ada' }

describe('compiled code is kept', () => {
  test.each([
    ["in the user's own cache", home, 'linux', [], '/home/ada/.cache/prodgate'],
    ['where the user keeps caches', { ...home, XDG_CACHE_HOME: '/var/ada' }, 'linux', [], '/var/ada/prodgate'],
    ['but not at a relative path', { ...home, XDG_CACHE_HOME: 'cache' }, 'linux', [], '/home/ada/.cache/prodgate'],
    ['where a Mac keeps caches', { HOME: '/Users/ada' }, 'darwin', [], '/Users/ada/Library/Caches/prodgate'],
    ['where Node is told to', { ...home, NODE_COMPILE_CACHE: '/srv/cache' }, 'linux', [], '/srv/cache'],
    ['nowhere where Node keeps none', { ...home, NODE_DISABLE_COMPILE_CACHE: '1' }, 'linux', [], undefined],
    ['nowhere without a home', {}, 'linux', [], undefined],
    ['not below what is judged', home, 'linux', ['/home/ada'], undefined],
    ['nor in it', home, 'linux', ['check', '/home/ada/.cache/prodgate'], undefined],
    ['beside what is judged', home, 'linux', ['/home/ada/shop'], '/home/ada/.cache/prodgate'],
    ['also where a name begins alike', home, 'linux', ['/home/ada/.cache/prodgate-shop'], '/home/ada/.cache/prodgate'],
  ] as const)('%s', (_, env, platform, judged, expected) => {
    expect(codeCacheFolder(env, platform, judged)).toBe(expected)
  })
})
