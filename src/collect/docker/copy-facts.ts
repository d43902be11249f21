import { defined } from '../shape.ts'
import { readBase } from './base-facts.ts'
import type { Context } from './context.ts'
import type { Step } from './stages.ts'
import { substitute } from './variables.ts'

const archive = /\.(?:tar|tar\.\w+|tgz|tbz2?|txz|tzst)$/i
const remote = /^(?:https?|ftp|git|ssh):\/\/|^git@/i
const gitCommit = /#[0-9a-f]{40}(?::|$)/
const example = /(?:example|sample|template|dist|defaults?|schema|test|ci)$/i

const secretFile =
  /^(?:\.env(?:\.(?:local|prod|production|staging|live|secret|secrets)(?:\.local)?)?|id_(?:rsa|dsa|ecdsa|ed25519)|.+\.(?:key|p12|pfx|ppk|keystore)|(?:key|privkey|private|.*[-_.]key|.*private[-_]?key.*)\.pem|\.netrc|\.git-credentials|\.pypirc|\.pgpass|\.htpasswd|credentials\.json|service[-_]account.*\.json|kubeconfig|secrets?\.(?:ya?ml|json|env|toml)|\.ssh|\.aws|\.kube|\.gnupg)$/i

/** Whether a path's last part is the name of a file that holds secrets. */
export const isSecretFile = (path: string): boolean => {
  const name = path.replace(/\/+$/, '').split('/').at(-1) ?? ''
  return secretFile.test(name) && !example.test(name) && !/(?:pub|public)/i.test(name)
}

const worldWritableMode = /^0?[0-7]{2}[2367]$|^(?:a|o|ugo|go)*\+[rwxX]*w/

/** Whether a file mode, as chmod takes it, lets everybody write. A sticky directory, such as /tmp, does not count. */
export const isWorldWritable = (mode: string): boolean => mode.split(',').some((part) => worldWritableMode.test(part))

/** Words of a COPY, which knows quotes in its JSON form alone. */
const argumentsOf = (step: Step): string[] => step.instruction.exec?.slice() ?? step.text.split(/\s+/).filter(Boolean)

const isWholeContext = (source: string): boolean => /^(?:\.\/?|\.\/\.|\/|\*|\.\/\*)$/.test(source)

/** The fact of one ADD or COPY. */
export const copyFact = (context: Context, step: Step): void => {
  const { instruction } = step
  const all = argumentsOf(step).filter((word) => !word.startsWith('<<'))
  const destination = argumentsOf(step).at(-1) ?? ''
  const sources = instruction.heredocs.length > 0 ? all.slice(0, -1) : argumentsOf(step).slice(0, -1)
  const from = instruction.flags.get('from')?.[0]
  const keyword = instruction.keyword === 'ADD' ? 'ADD' : 'COPY'
  const remotes = keyword === 'ADD' ? sources.filter((source) => remote.test(source)) : []
  context.fact('docker.copy', {
    subject: keyword,
    line: instruction.line,
    column: instruction.column,
    endLine: instruction.endLine,
    value: defined({
      ...context.shared,
      instruction: keyword,
      sources: sources.map(withoutPassword),
      destination,
      computed: step.computed || [...sources, destination].some((word) => word.includes('$')),
      from,
      wholeContext: from === undefined && sources.some(isWholeContext),
      remote: remotes.length > 0,
      verified: instruction.flags.has('checksum') || remotes.every((source) => gitCommit.test(source)),
      archive: sources.some((source) => archive.test(source) && !remote.test(source)),
      fileDestination: /\.[A-Za-z][A-Za-z0-9]{0,7}$/.test(destination) && !archive.test(destination),
      secretFiles: from === undefined ? sources.filter((source) => isSecretFile(source)) : [],
      worldWritable: (instruction.flags.get('chmod') ?? []).some(isWorldWritable),
    }),
  })
  if (from !== undefined) copiedImage(context, step, from)
}

const withoutPassword = (source: string): string => source.replace(/\/\/[^/\s]*@/, '//')

/** `COPY --from=nginx:1.27`: an image, where no stage has the name. */
const copiedImage = (context: Context, step: Step, from: string): void => {
  const { text, computed } = substitute(from, new Map())
  const isStage = /^\d+$/.test(text) || context.stages.some(({ name }) => name === text.toLowerCase())
  // A name without tag and path is more often a context of `--build-context` than an image.
  if (isStage || computed || !/[:/@]/.test(text)) return
  readBase(context, { text, computed }, 'COPY', step.instruction)
}
