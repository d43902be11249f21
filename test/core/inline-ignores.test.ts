import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inlineIgnores } from '../../src/core/inline-ignores.ts'

const good = 'prodgate: ignore compose/limits until 2027-01-31 because the batch host is being replaced'
const read = (text: string) => inlineIgnores(text.startsWith('<!--') ? 'README.md' : 'compose.yaml', text)

describe('an inline ignore', () => {
  test.each([
    ['behind what it is about', `image: clinic # ${good}`, 1],
    ['alone above it', `# ${good}\nimage: clinic`, 2],
    ['above other comments', `# ${good}\n# why\n\nimage: clinic`, 4],
    ['in SQL', `-- ${good}\nCREATE TABLE rooms ();`, 2],
    ['in JavaScript', `// ${good}\nconst rooms = []`, 2],
    ['in a block comment', `/* ${good} */\nconst rooms = []`, 2],
    ['in Markdown', `<!-- ${good} -->\n\n# Rooms\n\ntext`, 3],
    ['on the last line', `a: 1\n# ${good}`, 2],
    ['with Windows line ends', `# ${good}\r\nimage: clinic\r\n`, 2],
  ])('%s', (_, text, target) => {
    const { ignores, broken } = read(text)
    expect(broken).toEqual([])
    expect(ignores).toMatchObject([
      { rule: 'compose/limits', until: '2027-01-31', target, reason: 'the batch host is being replaced' },
    ])
  })

  test.each([
    ['no end', '# prodgate: ignore compose/limits because I say so'],
    ['no reason', '# prodgate: ignore compose/limits until 2027-01-31'],
    ['an empty reason', '# prodgate: ignore compose/limits until 2027-01-31 because '],
    ['a day that does not exist', '# prodgate: ignore compose/limits until 2027-02-31T25:00:00Z because x'],
    ['another word', '# prodgate: skip compose/limits'],
  ])('%s is broken and told', (_, text) => {
    expect(read(text)).toMatchObject({ ignores: [], broken: [{ line: 1 }] })
  })

  test.each(['image: prodgate: ignore', 'see prodgate.yml', `text ${good}`])('%s is none', (text) => {
    expect(read(text)).toEqual({ ignores: [], broken: [] })
  })

  test.each([
    ['an example in a fence', `text\n\`\`\`yaml\n# ${good}\nimage: clinic\n\`\`\`\n`],
    ['an example in HTML, in a fence', `~~~~html\n<!-- ${good} -->\n~~~\n<!-- ${good} -->\n`],
    ['a heading', `# ${good}\n`],
    ['a broken one in a fence', '```\n# prodgate: skip\n```\n'],
  ])('in Markdown, %s is none', (_, text) => {
    expect(inlineIgnores('docs/policy.md', text)).toEqual({ ignores: [], broken: [] })
  })

  test('in Markdown, one after a fence counts', () => {
    const text = `\`\`\`\n# ${good}\n\`\`\`\n<!-- ${good} -->\n| Rooms | 3 |\n`
    expect(inlineIgnores('docs/rooms.md', text).ignores).toMatchObject([{ line: 4, target: 5 }])
  })

  test('no text throws or takes long', () => {
    const piece = fc.constantFrom(
      '# ',
      'prodgate:',
      ' ignore ',
      'a/b',
      ' until ',
      '2027-01-31',
      ' because ',
      ' '.repeat(900),
      '\n',
      '-->',
      '*/',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const { ignores, broken } = read(pieces.join(''))
        expect(ignores.length + broken.length).toBeLessThanOrEqual(pieces.length)
      }),
    )
  })
})
