import type { Sink, TextFile } from '../collector.ts'
import { lineAt } from './paths.ts'
import type { Language } from './languages.ts'

interface Form {
  languages: readonly Language[]
  /** The statement that says which origins; its first group holds them. */
  origins: RegExp
  /** In the text around it, that logins and cookies are let through. */
  credentials: RegExp
}

const forms: readonly Form[] = [
  {
    languages: ['jvm'],
    origins:
      /\.?(?:addAllowedOrigin|setAllowedOrigins|allowedOrigins|addAllowedOriginPattern|setAllowedOriginPatterns|allowedOriginPatterns)\(([^;{}]{0,500}?)\)\s*[;.]/g,
    credentials: /(?:setAllowCredentials|allowCredentials)\(\s*true/,
  },
  {
    languages: ['python'],
    origins: /allow_origins\s*=\s*\[([^\]]{0,500})\]/g,
    credentials: /allow_credentials\s*=\s*True/,
  },
  {
    languages: ['javascript'],
    origins: /\bcors\(\s*\{[^{}]{0,300}?origin\s*:\s*(true|\[[^\]]{0,500}\]|['"`][^'"`\n]{0,200}['"`])/g,
    credentials: /credentials\s*:\s*true/,
  },
  {
    languages: ['go'],
    origins: /\b(?:AllowOrigins|AllowedOrigins):\s*(?:\[\]string\{([^}]{0,500})\})/g,
    credentials: /AllowCredentials:\s*true/,
  },
]

/** The text on either side in which the rest of the same configuration stands. Characters. */
const around = 700

const literal = /["'`]([^"'`\n]{0,300})["'`]/g
const local = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?\/?$/

const originsOf = (text: string): 'any' | 'localhost' | 'other' => {
  const values = [...text.matchAll(literal)].map(([, value = '']) => value)
  const rest = text
    .replace(literal, '')
    .replace(/\b(?:Arrays\.asList|List\.of|listOf|Set\.of|Collections\.singletonList)\b/g, '')
  if (rest.trim() === 'true' || values.includes('*')) return 'any'
  if (/\w/.test(rest) || values.length === 0) return 'other'
  return values.every((value) => local.test(value)) ? 'localhost' : 'other'
}

const perDeployment = /@Profile|@Conditional|NODE_ENV|ENVIRONMENT|isDev|is_dev|DEBUG|IsDevelopment/

/** What source code says about the origins that may call. */
export const collectCors = ({ path, text }: TextFile, language: Language, sink: Sink): void => {
  if (!/cors|AllowedOrigin|allow_origins|AllowOrigins/i.test(text)) return
  for (const { languages, origins, credentials } of forms) {
    if (!languages.includes(language)) continue
    const found = [...text.matchAll(origins)].slice(0, 20)
    const kinds = found.map((match) => originsOf(match[1] ?? ''))
    for (const [index, match] of found.entries()) {
      const window = text.slice(Math.max(0, match.index - around), match.index + match[0].length + around)
      const kind = kinds[index] ?? 'other'
      // Several calls add to one list, and only all of them say what it is.
      const joined = kind === 'localhost' && kinds.some((other) => other !== 'localhost') ? 'other' : kind
      const named = language !== 'go' || /cors/i.test(text.slice(Math.max(0, match.index - 300), match.index))
      const said = !named || perDeployment.test(window) ? 'other' : joined
      const lead = match[0].length - match[0].trimStart().length
      const at = language === 'javascript' ? match.index + match[0].indexOf('origin') : match.index + lead
      sink.fact({
        kind: 'source.cors',
        subject: 'origins',
        place: { path, line: lineAt(text, at), column: 1 },
        value: { origins: said, credentials: credentials.test(window) },
      })
    }
  }
}
