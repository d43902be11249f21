export type Language = 'javascript' | 'python' | 'go' | 'jvm' | 'ruby' | 'php' | 'csharp' | 'rust'

const byExtension = new Map<string, Language>(
  Object.entries({
    javascript: 'js ts jsx tsx mjs cjs',
    python: 'py',
    go: 'go',
    jvm: 'java kt',
    ruby: 'rb',
    php: 'php',
    csharp: 'cs',
    rust: 'rs',
  }).flatMap(([language, list]) => list.split(' ').map((one) => [one, language as Language] as const)),
)

const extensionOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1).toLowerCase()

/** The language of a source file, by its ending. */
export const languageOf = (path: string): Language | undefined => byExtension.get(extensionOf(path))

/** Texts besides source in which a program's image may name its environment variables, paths or libraries. */
const besides = new Set(
  'yml yaml json toml ini conf cfg properties xml gradle kts sh template tmpl erb prisma vue svelte csproj mod gemspec'.split(
    ' ',
  ),
)
const besidesByName =
  /(?:^|\/)(?:Dockerfile|Containerfile|Gemfile|Pipfile|Procfile|Makefile|requirements[^/]*\.txt)$|(?:^|\/)Dockerfile\.[^/]+$|\.Dockerfile$|(?:^|\/)entrypoint[^/]*$/

const foreign =
  /(?:^|\/)(?:node_modules|vendor|third_party|\.venv|venv|site-packages|dist|\.next|coverage|__pycache__)\/|\.min\.js$|(?:^|\/)(?:package-lock|pnpm-lock|composer\.lock|npm-shrinkwrap)[^/]*$|\/(?:build(?:-[a-z]+)?|target|out)\/(?:resources|classes|reports|generated)\//

const tests =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|specs?|e2e|testdata|fixtures?|mocks?|cypress|playwright|integration-?tests?)\/|[._-](?:test|spec)\.[a-z]+$|_test\.go$|(?:^|\/)(?:test_[^/]*|conftest)\.py$|Tests?\.(?:java|kt|cs)$|IT\.java$|(?:^|\/)src\/test\//i

/** Larger files are generated, or data. Bytes. */
export const maxSourceSize = 256_000

/** Whether a file may say something of a program: its source, or what its image is configured with. */
export const isClaimed = (path: string, size: number): boolean =>
  size <= maxSourceSize &&
  (languageOf(path) !== undefined ||
    besides.has(extensionOf(path)) ||
    besidesByName.test(path) ||
    path.endsWith('.md')) &&
  !foreign.test(path)

/** Whether a file is for tests and no part of what runs. */
export const isTest = (path: string): boolean => tests.test(path)

/** Code that shows how something is done, and is not deployed. */
export const isExample = (path: string): boolean =>
  /(?:^|\/)(?:examples?|samples?|demos?|docs?|tutorials?)\//i.test(path)
