import type { FactValue } from '../../core/facts/index.ts'

export type Where = FactValue<'secrets.credential'>['where']

const tests =
  /(?:^|[/._-])(?:tests?|__tests__|__mocks__|specs?|e2e|testdata|testing|fixtures?|mocks?|stubs?|devcontainer|gitpod|developer-workspace|cypress|playwright|storybook|benchmarks?)(?:[/._-]|$)|Tests?\.(?:java|kt|cs|scala|groovy)$|IT\.java$|(?:^|\/)conftest\.py$/i
const documentation =
  /(?:^|\/)(?:docs?|documentation|examples?|samples?|demos?|tutorials?|templates\/docs)\/|\.(?:md|mdx|markdown|rst|adoc|txt)$|(?:^|\/)(?:readme|changelog)/i
const template = /[._-](?:example|sample|template|tmpl|tpl|dist|default)s?(?:[._-]|$)|^(?:example|sample|template)\./i

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** What a file is for, by its path. */
export const whereOf = (path: string): Where => {
  if (template.test(baseName(path))) return 'template'
  if (tests.test(path)) return 'test'
  return documentation.test(path) ? 'documentation' : 'product'
}

/** Whether a .env file is a template, by its name. */
export const isTemplate = (path: string): boolean => template.test(baseName(path))
