import type { Place } from '../../core/facts/place.ts'
import type { Tree } from '../tree.ts'
import { jobsOf, type ReadJob } from '../workflows/job.ts'
import { programWords } from '../workflows/shell.ts'
import { envOver } from '../workflows/step-facts.ts'
import type { Step } from '../workflows/step.ts'
import { inputOf, usesAction } from '../workflows/uses.ts'
import type { Build } from './build.ts'
import { combinationsOf } from './matrix.ts'
import { below } from './paths.ts'
import { isKnown, resolveExpressions, resolveWord, type Scope } from './resolve.ts'

/** Words of earlier commands that are looked at; no job of a person has more. */
const maxWords = 5_000

/** What stands before a step in its job. */
interface Before {
  /** Whether the repository itself is checked out where steps start. */
  checkedOut: boolean
  elsewhere: boolean
  brought: boolean
  words: readonly string[]
}

/** Actions that set up a tool or log in, and put no file into the working tree. */
const harmless =
  /^(?:actions\/(?:setup-\w+|github-script|upload-artifact)|docker\/(?:setup-\w+|login|metadata|build-push)[\w-]*|aws-actions\/[\w-]+|google-github-actions\/[\w-]+|azure\/(?:login|docker-login|setup-\w+)|step-security\/harden-runner|sigstore\/[\w-]+|dorny\/paths-filter|tj-actions\/[\w-]+|anchore\/[\w-]+|aquasecurity\/[\w-]+|pnpm\/action-setup|easimon\/[\w-]+|jlumbroso\/[\w-]+)/i

const after = (before: Before, step: Step): Before => {
  const checkout = usesAction(step.uses, 'actions/checkout')
  const plain = ['path', 'repository'].every((name) => inputOf(step.inputs, name) === undefined)
  return {
    checkedOut: before.checkedOut || checkout,
    elsewhere: before.elsewhere || (checkout && !plain),
    brought: before.brought || (step.uses !== undefined && !checkout && !harmless.test(step.uses.name)),
    words: [...before.words, ...step.commands.flatMap(({ words }) => words)].slice(0, maxWords),
  }
}

const lines = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

interface Parts {
  context: string | undefined
  /** Against which the Dockerfile's path is read where it is written. */
  directory: string
  file: string | undefined
  target: string | undefined
  arguments: readonly string[] | undefined
  platforms: readonly string[]
}

const toBuild = (step: Step, before: Before, parts: Parts, place: Place, suffix: string): Build => {
  const known = parts.context !== undefined && isKnown(parts.context) && isKnown(parts.directory)
  const foreign = parts.context !== undefined && /:\/\/|^git@|^-$/.test(parts.context)
  const because = foreign
    ? 'its build context is not in the repository'
    : !known
      ? 'its build context is computed'
      : before.elsewhere || !before.checkedOut
        ? 'the step does not start in a plain checkout of the repository'
        : ''
  // An absolute path, and one above the root, is nobody's here.
  const context = because === '' ? below(parts.directory, parts.context ?? '') : undefined
  const file = parts.file
  const dockerfile =
    context === undefined
      ? undefined
      : file === undefined
        ? below(context, 'Dockerfile')
        : isKnown(file)
          ? below(parts.directory, file)
          : undefined
  const input = (name: string): Place => (inputOf(step.inputs, name) === undefined ? place : step.atInput(name))
  const own = step.uses !== undefined
  return {
    by: 'workflow',
    subject: `${step.subject}${suffix}`,
    place,
    places: own ? { context: input('context'), dockerfile: input('file'), target: input('target') } : {},
    context,
    because: because === '' && context === undefined ? 'its build context is outside the repository' : because,
    dockerfile,
    target: parts.target !== undefined && isKnown(parts.target) && parts.target !== '' ? parts.target : undefined,
    arguments: parts.arguments,
    platforms: parts.platforms,
    earlier: before.words,
    brought: before.brought,
    development: false,
  }
}

const actionParts = (step: Step, scope: Scope): Parts => {
  const input = (name: string): string | undefined => {
    const text = inputOf(step.inputs, name)
    return text === undefined || text === '' ? undefined : resolveExpressions(text, scope)
  }
  const given = inputOf(step.inputs, 'build-args')
  const platforms = lines(input('platforms'))
  return {
    // Without a context the action takes the commit itself, from its root.
    context: input('context')?.replace(/^\$\{\{\s*github\.workspace\s*\}\}/, '.') ?? '.',
    directory: '',
    file: input('file'),
    target: input('target'),
    arguments:
      given?.includes('${{ steps.') === true ? undefined : lines(given).map((line) => line.split('=')[0] ?? ''),
    platforms: platforms.some((platform) => !isKnown(platform)) ? [] : platforms,
  }
}

const valued = new Set(
  '-t --tag -f --file --target --build-arg --platform --label --cache-from --cache-to --secret --ssh --network --output -o --progress --builder --iidfile --metadata-file --add-host -m --memory --shm-size --ulimit --build-context --attest --provenance --sbom --allow --annotation --cpu-shares --cpuset-cpus'.split(
    ' ',
  ),
)

/** The options and the context of `docker build`, by their long names. */
export const readDockerBuild = (
  words: readonly string[],
): { options: Map<string, string[]>; operand: string | undefined } | undefined => {
  const [program, first, second] = words
  if (program !== 'docker' && program !== 'podman') return undefined
  const at = first === 'build' ? 2 : (first === 'buildx' || first === 'image') && second === 'build' ? 3 : 0
  if (at === 0) return undefined
  const options = new Map<string, string[]>()
  let operand: string | undefined
  const short: Record<string, string> = { '-t': '--tag', '-f': '--file', '-o': '--output' }
  for (let index = at; index < words.length; index++) {
    const word = words[index] ?? ''
    if (/^\d?[<>]/.test(word)) break
    if (!word.startsWith('-') || word === '-') {
      operand = word
      continue
    }
    const equals = word.indexOf('=')
    const written = equals < 0 ? word : word.slice(0, equals)
    const name = short[written] ?? written
    const value = equals >= 0 ? word.slice(equals + 1) : valued.has(written) ? (words[++index] ?? '') : 'true'
    options.set(name, [...(options.get(name) ?? []), value])
  }
  return { options, operand }
}

/** The folder that commands of a step run in, as `cd` changes it; undefined once nobody can tell. */
export const directoryAfter = (directory: string | undefined, words: readonly string[]): string | undefined => {
  const [program, argument = ''] = words
  if (program === 'popd') return undefined
  if (program !== 'cd' && program !== 'pushd') return directory
  if (directory === undefined || !/^[\w./-]+$/.test(argument) || argument === '-') return undefined
  return below(directory, argument)
}

const commandBuilds = (step: Step, before: Before, scope: Scope, suffix: string): Build[] => {
  let directory: string | undefined = below('', resolveExpressions(step.directory, scope))
  const found: Build[] = []
  const earlier: string[] = []
  for (const command of step.commands) {
    const words = programWords(command.words)
    directory = directoryAfter(directory, words)
    const build = readDockerBuild(words)
    if (build?.operand !== undefined && directory !== undefined) {
      const one = (name: string): string | undefined => {
        const value = build.options.get(name)?.[0]
        return value === undefined ? undefined : resolveWord(value, scope)
      }
      const parts: Parts = {
        context: resolveWord(build.operand, scope),
        directory,
        file: one('--file'),
        target: one('--target'),
        arguments: (build.options.get('--build-arg') ?? []).map((argument) => argument.split('=')[0] ?? ''),
        platforms: lines(one('--platform')).filter(isKnown),
      }
      const own = { ...before, words: [...before.words, ...earlier] }
      found.push(toBuild(step, own, parts, step.atLine(command.line, command.words[0] ?? ''), suffix))
    }
    earlier.push(...command.words)
  }
  return found
}

/** Names the run of a matrix: ` (edge, amd64)`; nothing where there is none. */
const suffixOf = (combination: Readonly<Record<string, string>>): string => {
  const values = Object.values(combination)
  return values.length === 0 ? '' : ` (${values.slice(0, 4).join(', ').slice(0, 80)})`
}

const jobBuilds = (job: ReadJob, matrix: Readonly<Record<string, string>>): Build[] => {
  let before: Before = { checkedOut: false, elsewhere: false, brought: false, words: [] }
  const found: Build[] = []
  for (const step of job.steps) {
    const scope = { env: envOver(job.env, step.env), matrix }
    const suffix = suffixOf(matrix)
    if (usesAction(step.uses, 'docker/build-push-action')) {
      // Without a context the action fetches the repository by itself.
      const own =
        inputOf(step.inputs, 'context') === undefined ? { ...before, checkedOut: true, elsewhere: false } : before
      found.push(toBuild(step, own, actionParts(step, scope), step.at('uses'), suffix))
    } else found.push(...commandBuilds(step, before, scope, suffix))
    before = after(before, step)
  }
  return found
}

const keyOf = ({ place, context, dockerfile, target, platforms }: Build): string =>
  JSON.stringify([place, context, dockerfile, target, platforms])

/** The builds of all workflows: docker/build-push-action and `docker build`, once for each run of a matrix that differs. */
export const workflowBuilds = (tree: Tree): Build[] => {
  const found = jobsOf(tree).flatMap((job) =>
    job.steps.some(
      ({ uses, run }) => usesAction(uses, 'docker/build-push-action') || /(?:docker|podman)\b/.test(run ?? ''),
    )
      ? combinationsOf(job.value).flatMap((matrix) => jobBuilds(job, matrix))
      : [],
  )
  return [...new Map(found.toReversed().map((build) => [keyOf(build), build])).values()].toReversed()
}
