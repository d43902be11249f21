import { rules } from '@secretlint/secretlint-rule-preset-recommend'

/** One secret that a detector found, as a range of the text. */
interface Detected {
  /** In words: AWS secret access key, GitHub token, ... */
  what: string
  kind: 'token' | 'private-key' | 'connection-string'
  start: number
  end: number
}

/** Finds the tokens of known vendors in a text. Reads nothing else: no files, no network. */
export type Detector = (path: string, text: string) => Detected[]

/** The part of secretlint's rules that is used here; its own types are not published with the preset. */
interface SecretlintRule {
  meta: { id: string }
  create(
    context: {
      createTranslator(): (id: string, data?: unknown) => { message: string; messageId: string }
      report(found: { message: { messageId: string }; range: readonly number[] }): void
      ignore(): void
    },
    options: object,
  ): {
    file?(source: { filePath: string; content: string; ext: string; contentType: 'text'; hasBOM: boolean }): unknown
  }
}

// `secretlint-disable` comments would let the file's author silence the check.
const used = (rules as unknown as readonly SecretlintRule[]).filter(({ meta }) => !meta.id.endsWith('filter-comments'))

// One pass that says whether any of the rules could match at all: 28 rules over every file would cost ten times more.
const anySign =
  /[Ss]ecret_?[Aa]ccess|SECRET_?ACCESS|_authToken|npm_|xox[abopr]-|xapp-|hooks\.slack|sk-|gsk_|hf_|lin_api|ntn_|PRIVATE KEY|SG\.|shp(?:pa|ca|at|ss)_|[sr]k_(?:live|test)|gh[pousr]_|github_pat|glpat-|gl(?:c|sa)_|ops_ey|:\/\/[^\s/@]{1,100}:[^\s/@]{1,200}@|hv[sbr]\.|vc[piark]_|dapi|dckr_pat|figd_|cf(?:k|ut|at)_|tskey-|service_account/

const names: Record<string, string> = {
  aws: 'AWS secret access key',
  gcp: 'Google service account key',
  npm: 'npm token',
  github: 'GitHub token',
  gitlab: 'GitLab token',
  'hashicorp-vault': 'Vault token',
  openai: 'OpenAI key',
  'database-connection-string': 'connection string with a password',
  basicauth: 'URL with a password',
  privatekey: 'private key',
}

const whatOf = (rule: string): string => names[rule] ?? `${rule[0]?.toUpperCase()}${rule.slice(1)} token`

const kindOf = (rule: string): Detected['kind'] =>
  rule === 'privatekey' || rule === 'gcp'
    ? 'private-key'
    : rule === 'database-connection-string' || rule === 'basicauth'
      ? 'connection-string'
      : 'token'

/** Secretlint's recommended rules. */
export const detectSecrets: Detector = (path, text) => {
  if (!anySign.test(text)) return []
  const found: Detected[] = []
  for (const rule of used) {
    const name = rule.meta.id.replace('@secretlint/secretlint-rule-', '')
    const handler = rule.create(
      {
        createTranslator: () => (id) => ({ message: id, messageId: id }),
        report: ({ range }) =>
          found.push({ what: whatOf(name), kind: kindOf(name), start: range[0] ?? 0, end: range[1] ?? 0 }),
        ignore: () => {},
      },
      {},
    )
    const extension = path.slice(path.lastIndexOf('.'))
    handler.file?.({ filePath: path, content: text, ext: extension, contentType: 'text', hasBOM: false })
  }
  return found
}
