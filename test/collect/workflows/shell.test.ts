import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { programWords, shellCommands } from '../../../src/collect/workflows/shell.ts'

const table: [name: string, script: string, commands: [words: string[], line: number, joined: string][]][] = [
  ['one command', 'npm test', [[['npm', 'test'], 0, '']]],
  [
    'lines and comments',
    '# tests\ngo vet ./...\n\ngo test # all',
    [
      [['go', 'vet', './...'], 1, '\n'],
      [['go', 'test'], 3, ''],
    ],
  ],
  [
    'a line that goes on',
    'go test \\\n  -race ./...\nmake',
    [
      [['go', 'test', '-race', './...'], 0, '\n'],
      [['make'], 2, ''],
    ],
  ],
  [
    '|| at the end of a line',
    'npm test ||\n  true',
    [
      [['npm', 'test'], 0, '||'],
      [['true'], 1, ''],
    ],
  ],
  ['quotes', `echo "a || true" 'b; c'`, [[['echo', 'a || true', 'b; c'], 0, '']]],
  [
    'a quote over two lines',
    'echo "a\nb"\nmake',
    [
      [['echo', 'a\nb'], 0, '\n'],
      [['make'], 2, ''],
    ],
  ],
  ['an expression', 'run ${{ a || b }} x', [[['run', '${{ a || b }}', 'x'], 0, '']]],
  [
    'a substitution',
    'echo $(cat x | head -1) | tee y',
    [
      [['echo', '$(cat x | head -1)'], 0, '|'],
      [['tee', 'y'], 0, ''],
    ],
  ],
  [
    'a heredoc',
    'cat <<EOF > x\nnpm test || true\nEOF\nmake',
    [
      [['cat', '>', 'x'], 0, '\n'],
      [['make'], 3, ''],
    ],
  ],
  [
    'redirections',
    'make 2>&1 | tee log',
    [
      [['make', '2>&1'], 0, '|'],
      [['tee', 'log'], 0, ''],
    ],
  ],
]

describe('shell', () => {
  test.each(table)('%s', (_, script, commands) => {
    expect(shellCommands(script).map(({ words, line, joined }) => [words, line, joined])).toEqual(commands)
  })

  test.each([
    ['sudo CI=1 npx --yes vitest run', 'vitest run'],
    ['poetry run python -m pytest', 'pytest'],
    ['if ! go vet', 'go vet'],
    ['pnpm exec eslint .', 'eslint .'],
    ['npm run test', 'npm run test'],
  ])('%s runs %s', (text, program) => {
    expect(programWords(text.split(' ')).join(' ')).toBe(program)
  })

  test('any text is read, in order and within its lines', () => {
    const piece = fc.constantFrom(
      'npm test',
      '||',
      '|',
      '\n',
      '\\\n',
      '"',
      "'",
      '$(',
      ')',
      '`',
      '${{',
      '}}',
      '<<EOF',
      ' ',
      '#',
      '&&',
      ';',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const script = pieces.join('')
        const lines = shellCommands(script).map(({ line }) => line)
        expect(lines).toEqual([...lines].sort((a, b) => a - b))
        expect(Math.max(0, ...lines)).toBeLessThan(script.split('\n').length)
      }),
    )
  })

  test.each([
    ['$(', 1],
    ['`a', 1],
    ['<<A ', 1],
    ['"$(', 1],
    ['${{', 1],
    ['npm test\n', undefined],
    ['a | b && c;', undefined],
  ] as const)('%j, many times over, gives no more commands for its length than once', (part, most) => {
    const once = shellCommands(part).length
    for (const count of [30_000, 60_000]) {
      const found = shellCommands(part.repeat(count))
      expect(found.length).toBeLessThanOrEqual(most ?? once * count)
      expect(found.at(-1)?.line ?? 0).toBeLessThanOrEqual((part.match(/\n/g) ?? []).length * count)
    }
  })
})
