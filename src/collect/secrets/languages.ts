import type { Language } from './line-rules.ts'

const extensions: Record<Language, string> = {
  shell: 'sh bash zsh ksh exp ps1 bat cmd',
  'script-source': 'ts tsx js jsx mjs cjs vue svelte json',
  source: 'go java kt kts scala groovy gradle py rb php cs rs ex exs swift dart c cpp h pl lua sql tf toml xml',
  config: 'yml yaml properties ini cfg conf tfvars',
}

const byExtension = new Map<string, Language>(
  Object.entries(extensions).flatMap(([language, list]) =>
    list.split(' ').map((one) => [one, language as Language] as const),
  ),
)

const scripts =
  /(?:^|\/)(?:Makefile|Rakefile|Jenkinsfile|Vagrantfile|Procfile|\.npmrc|\.yarnrc|\.pypirc|\.netrc|\.pgpass|\.git-credentials|id_(?:rsa|dsa|ecdsa|ed25519))$|\.(?:pem|key|crt|p8|asc|ppk|md|txt|bak)$/

/** A manifest of compose, Kubernetes or a workflow has its own collector and rules for what stands in it. */
const otherCollectors =
  /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$|^\.github\/|(?:^|\/)(?:package-lock|composer\.lock|pnpm-lock|yarn\.lock|tsconfig|\.eslintrc)[^/]*$|(?:^|\/)(?:locales?|i18n|lang|langs|translations?|messages)\/|(?:messages|strings)[^/]*\.(?:properties|json|xml)$/i

const extensionOf = (path: string): string =>
  /\.([A-Za-z0-9]+)(?:\.(?:example|sample|template|bak|tmpl|dist))?$/.exec(path)?.[1]?.toLowerCase() ?? ''

/** How a file's lines are read: undefined where only the vendors' tokens are looked for. */
export const languageOf = (path: string): Language | undefined =>
  otherCollectors.test(path) ? undefined : byExtension.get(extensionOf(path))

/** Whether a file is scanned at all. */
export const isScanned = (path: string): boolean => byExtension.has(extensionOf(path)) || scripts.test(path)
