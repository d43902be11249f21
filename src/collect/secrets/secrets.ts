import type { Collector } from '../collector.ts'
import { collectEnvironmentFile, isEnvironmentFile, relateEnvironmentFiles } from './environment-file.ts'
import { isScanned } from './languages.ts'
import { collectRealm, maybeRealm } from './realm.ts'
import { scanLogins, scanText } from './scan.ts'
import { collectDump, maybeDump, surveyStored } from './stored.ts'

/** Larger texts are data and not somebody's code: they are not searched. Bytes. */
const maxScanned = 512_000

const dependencies =
  /(?:^|\/)(?:node_modules|vendor|third_party|\.venv|site-packages|dist|\.next)\/|\/(?:build(?:-[a-z]+)?|target|out)\/(?:resources|classes)\//

/** What the repository gives away: credentials in text, files of secrets, and what keeps .env files out. */
export const secrets: Collector = {
  topic: 'secrets',
  claims: ({ path, size }) =>
    !dependencies.test(path) &&
    ((size <= maxScanned && (isEnvironmentFile(path) || isScanned(path))) || (maybeDump(path) && size <= 8_000_000)),
  // A text in another encoding is searched by nobody; it matters when what can be read of it looks like a key.
  recognises: (text) => text.includes('PRIVATE KEY-----') && text.includes('-----BEGIN'),
  survey: surveyStored,
  collect: (file, sink) => {
    if (maybeDump(file.path)) return collectDump(file, sink)
    if (isEnvironmentFile(file.path)) return collectEnvironmentFile(file, sink)
    if (/\.json(?:\.\w+)?$/.test(file.path) && maybeRealm(file.text)) return collectRealm(file, sink)
    scanText(file, sink)
    scanLogins(file, sink)
  },
  relate: relateEnvironmentFiles,
}
