import type { FactValue } from '../../core/facts/index.ts'
import type { Collected, Sink } from '../collector.ts'
import { dockerfilesOf } from '../docker/docker.ts'
import { isDevelopmentPath } from '../docker/file-names.ts'
import { clients } from '../docker/known-images.ts'
import { toolFinder } from '../docker/start-facts.ts'
import type { Stage } from '../docker/stages.ts'
import { ignoredBy } from '../repository/ignore-lists.ts'
import { asMapping } from '../shape.ts'
import { baseOf } from '../tree-path.ts'
import { contextsBy, type Contexts } from './contexts.ts'
import { fileInImage } from './image-files.ts'
import { modulesOf, type Modules } from './node-modules.ts'
import { below } from './paths.ts'
import { startOfImage, type ContextFiles, type Start, type StartedFile } from './start-commands.ts'
import type { StartCommand } from './start-script.ts'
import { startTextsOf } from './start-texts.ts'

type Judged = Pick<FactValue<'images.started-program'>, 'program' | 'state' | 'because' | 'package' | 'installed'>

/** Programs of npm packages that start scripts call, and the packages that they are of. */
const nodePrograms: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    'prisma sequelize-cli knex typeorm ts-node tsx drizzle-kit nodemon pm2 node-pg-migrate migrate-mongo db-migrate graphile-migrate cross-env env-cmd concurrently serve http-server wait-on next vite nuxt strapi'
      .split(' ')
      .map((name) => [name, name]),
  ),
  sequelize: 'sequelize-cli',
  tsc: 'typescript',
  nest: '@nestjs/cli',
  dotenv: 'dotenv-cli',
  'mikro-orm': '@mikro-orm/cli',
  'typeorm-ts-node-commonjs': 'typeorm',
  'typeorm-ts-node-esm': 'typeorm',
  'run-s': 'npm-run-all',
  'run-p': 'npm-run-all',
  'remix-serve': '@remix-run/serve',
  'react-router-serve': '@react-router/serve',
}

/** The program of an npm package that a command runs, and whether it is fetched where it is not there. */
const nodeProgram = ({ invocation, at }: StartCommand): { name: string; fetched: boolean } | undefined => {
  const { program, verb, operands, options } = invocation
  if (program === 'npx' || program === 'bunx') {
    const name = program === 'npx' ? verb : operands[0]
    const never = options.some((option) => option === '--no-install' || option === '--no')
    return name === undefined ? undefined : { name: name.replace(/(?<=.)@.*$/, ''), fetched: !never }
  }
  if (/^(?:npm|pnpm|yarn)$/.test(program)) {
    if (/^(?:exec|dlx)$/.test(verb)) return { name: operands[0] ?? '', fetched: program === 'npm' || verb === 'dlx' }
    return program === 'npm' ? undefined : { name: verb, fetched: false }
  }
  const local = at.includes('package.json') || /node_modules\/\.bin\//.test(invocation.command.words[0]?.text ?? '')
  return local ? { name: program, fetched: false } : undefined
}

const has = (manifest: Start['manifest'], key: string, name: string): boolean =>
  Object.hasOwn(asMapping(manifest?.[key]) ?? {}, name)

const judgeNode = (command: StartCommand, manifest: Start['manifest'], modules: Modules): Judged | undefined => {
  const called = nodeProgram(command)
  const name = called === undefined || !Object.hasOwn(nodePrograms, called.name) ? undefined : nodePrograms[called.name]
  if (called === undefined || name === undefined || manifest === undefined) return undefined
  const { kept, named } = modules
  const shared = { program: called.name, package: name, because: '', installed: kept }
  const gone = called.fetched ? 'downloaded' : 'missing'
  if (named.has(name) || named.has(called.name)) return { ...shared, state: 'present' }
  const unsure = (because: string): Judged => ({ ...shared, state: 'unknown', because })
  if (kept === 'unknown') return unsure('the Dockerfile does not say plainly which packages the image has')
  if (has(manifest, 'dependencies', name) && kept !== 'traced')
    return kept === 'none' ? unsure('nothing in the Dockerfile installs packages') : { ...shared, state: 'present' }
  if (kept === 'traced' && named.has('.bin')) return unsure('the Dockerfile copies single programs')
  if (kept === 'traced') return { ...shared, state: gone }
  if (has(manifest, 'devDependencies', name))
    return {
      ...shared,
      state: kept === 'all' ? 'present' : kept === 'production' ? gone : 'unknown',
      because: kept === 'none' ? 'nothing in the Dockerfile installs packages' : '',
    }
  // In a workspace another manifest may bring it, and so may a package that it comes with.
  return called.fetched && manifest['workspaces'] === undefined && kept !== 'all'
    ? { ...shared, state: 'downloaded' }
    : undefined
}

const systemPrograms = new Set([...Object.keys(clients), 'bash', 'curl', 'wget'])

const judgeSystem = (program: string, find: ReturnType<typeof toolFinder>): Judged | undefined => {
  if (!systemPrograms.has(program)) return undefined
  const found = find(program)
  // What a base image of somebody else brings is not written here.
  if (found === 'unknown') return undefined
  return { program, package: '', installed: 'none', state: found === 'yes' ? 'present' : 'missing', because: '' }
}

/** The files of a Dockerfile's build contexts, in whichever of them they are. */
const contextFiles = (
  { tree }: Collected,
  texts: ReadonlyMap<string, string>,
  { list, certain }: Contexts,
  ignored: (path: string) => boolean,
): ContextFiles => {
  const within = (inside: string): string[] => list.flatMap(({ folder }) => below(folder, inside) ?? [])
  const find = (inside: string): string | undefined => within(inside).find((path) => tree.has(path))
  return {
    exists: (inside) => find(inside) !== undefined,
    text: (inside) => texts.get(find(inside) ?? ''),
    executable: (inside) => tree.get(find(inside) ?? '')?.mode !== 'file',
    wanted: (inside) => (certain || list.length === 1) && !within(inside).some(ignored),
    isFolder: (inside) => within(inside).some((path) => tree.isDirectory(path)),
  }
}

/** Whether a step between the COPY and the start may make the file executable. */
const madeExecutable = ({ called, copy }: StartedFile, stages: readonly Stage[]): boolean =>
  copy === undefined ||
  copy.instruction.flags.has('chmod') ||
  stages.some(({ steps }) =>
    steps.some(
      ({ instruction: { keyword, text, heredocs } }) =>
        keyword === 'RUN' &&
        [text, ...heredocs.map((one) => one.text)].some(
          (script) =>
            /\b(?:chmod|install|dos2unix)\b/.test(script) &&
            (script.includes(baseOf(called)) || /[*]|-\w*R|\bfind\b|\$|\.(?:\s|$)/.test(script)),
        ),
    ),
  )

/** Says of each program that a deployed image starts, and that can be judged, whether the image has it. */
export const emitStartedPrograms = (collected: Collected, sink: Sink): void => {
  const texts = startTextsOf(collected.tree)
  const contexts = contextsBy(collected)
  const ignored = ignoredBy(collected)
  for (const [dockerfile, stages] of dockerfilesOf(collected.tree)) {
    const stage = stages.find(({ final, windows }) => final && !windows)
    if (stage === undefined) continue
    const files = contextFiles(collected, texts, contexts(dockerfile), ignored)
    const start = startOfImage(stage, stages, files)
    if (start === undefined) continue
    const shared = { stage: stage.name, development: isDevelopmentPath(dockerfile) || stage.development }
    const { instruction } = start.step
    const place = { path: dockerfile, line: instruction.line, column: instruction.column }
    const find = toolFinder(stage)
    const modules = start.manifest === undefined ? undefined : modulesOf(stage, stages)
    const said = new Set<string>()
    const emit = (judged: Judged | undefined, at: string): void => {
      if (judged === undefined || said.has(judged.program)) return
      said.add(judged.program)
      sink.fact({
        kind: 'images.started-program',
        subject: `stage ${stage.name} ${judged.program}`,
        place,
        value: { ...shared, ...judged, at },
      })
    }
    for (const file of start.files) {
      const { called, path, at, interpreter } = file
      // What has no interpreter at all is another rule's matter.
      if (/^(?:ba)?sh$/.test(interpreter) && find(interpreter) === 'no')
        emit(
          { program: interpreter, package: '', installed: 'none', state: 'missing', because: '' },
          `the first line of ${baseOf(path)}`,
        )
      const executable = file.executable || madeExecutable(file, stages)
      sink.fact({
        kind: 'images.started-file',
        subject: `stage ${stage.name} ${called}`,
        place,
        value: { ...shared, called, path, at, exists: file.copy !== undefined, executable },
      })
    }
    for (const command of start.commands) {
      emit(modules === undefined ? undefined : judgeNode(command, start.manifest, modules), command.at)
      const outer = baseOf(command.words[0] ?? '')
      // A program that the repository brings beside its script is no client of the system.
      for (const program of new Set([outer, command.invocation.program])) {
        const judged = judgeSystem(program, find)
        const own = judged === undefined ? undefined : `/usr/local/bin/${program}`
        if (own !== undefined && fileInImage(stage, stages, own, (path) => files.exists(path)) === undefined)
          emit(judged, command.at)
      }
    }
  }
}
