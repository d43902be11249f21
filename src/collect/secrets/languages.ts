import type { Language } from './line-rules.ts'

const byExtension: Record<string, Language> = {
  sh: 'shell', bash: 'shell', zsh: 'shell', ksh: 'shell', exp: 'shell', ps1: 'shell', bat: 'shell', cmd: 'shell',
  ts: 'script-source', tsx: 'script-source', js: 'script-source', jsx: 'script-source', mjs: 'script-source', cjs: 'script-source', vue: 'script-source', svelte: 'script-source',
  go: 'source', java: 'source', kt: 'source', kts: 'source', scala: 'source', groovy: 'source', gradle: 'source', py: 'source', rb: 'source', php: 'source', cs: 'source', rs: 'source', ex: 'source', exs: 'source', swift: 'source', dart: 'source', c: 'source', cpp: 'source', h: 'source', pl: 'source', lua: 'source', sql: 'source', tf: 'source', tfvars: 'config',
  yml: 'config', yaml: 'config', properties: 'config', toml: 'source', ini: 'config', cfg: 'config', conf: 'config', json: 'script-source', xml: 'source',
} // prettier-ignore

const scripts =
  /(?:^|\/)(?:Makefile|Rakefile|Jenkinsfile|Vagrantfile|Procfile|\.npmrc|\.yarnrc|\.pypirc|\.netrc|\.pgpass|\.git-credentials|id_(?:rsa|dsa|ecdsa|ed25519))$|\.(?:pem|key|crt|p8|asc|ppk|md|txt|bak)$/

/** A manifest of compose, Kubernetes or a workflow has its own collector and rules for what stands in it. */
const otherCollectors =
  /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$|^\.github\/|(?:^|\/)(?:package-lock|composer\.lock|pnpm-lock|yarn\.lock|tsconfig|\.eslintrc)[^/]*$|(?:^|\/)(?:locales?|i18n|lang|langs|translations?|messages)\/|(?:messages|strings)[^/]*\.(?:properties|json|xml)$/i

const extensionOf = (path: string): string =>
  /\.([A-Za-z0-9]+)(?:\.(?:example|sample|template|bak|tmpl|dist))?$/.exec(path)?.[1]?.toLowerCase() ?? ''

/** How a file's lines are read: undefined where only the vendors' tokens are looked for. */
export const languageOf = (path: string): Language | undefined =>
  otherCollectors.test(path) ? undefined : byExtension[extensionOf(path)]

/** Whether a file is scanned at all. */
export const isScanned = (path: string): boolean => byExtension[extensionOf(path)] !== undefined || scripts.test(path)
