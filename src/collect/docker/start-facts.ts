import { readInvocation, type Invocation } from './command.ts'
import type { Context } from './context.ts'
import { bringsClient, clients, judgedTools, knownImage } from './known-images.ts'
import { packageWork } from './package-managers.ts'
import { shellCommands } from './shell.ts'
import { lastStep, rootOf, stepsThrough, type Stage, type Step } from './stages.ts'

/** Whether an image has a program, as far as its base and what its RUN and COPY instructions add can tell. */
export type Presence = 'yes' | 'no' | 'unknown'

const packageOf: Record<string, RegExp> = {
  nc: /^(?:netcat.*|nmap-ncat|ncat|nc)$/,
  bash: /^bash$/,
  curl: /^curl(?:-minimal)?$/,
  wget: /^wget2?$/,
  ...clients,
}

/** Which programs a stage's image is known to have, or known to lack. */
export const toolFinder = (stage: Stage): ((tool: string) => Presence) => {
  const known = finders.get(stage) ?? remembering(newFinder(stage))
  finders.set(stage, known)
  return known
}

type Finder = (tool: string) => Presence
interface Work {
  invocation: Invocation
  packages: readonly string[]
}

// A stage may have thousands of instructions that ask, and be built on by many.
const finders = new WeakMap<Stage, Finder>()
const works = new WeakMap<Step, readonly Work[]>()

const remembering = (finder: Finder): Finder => {
  const answers = new Map<string, Presence>()
  return (tool) => {
    const answer = answers.get(tool) ?? finder(tool)
    answers.set(tool, answer)
    return answer
  }
}

const workOf = (step: Step): readonly Work[] => {
  const { instruction } = step
  if (instruction.keyword !== 'RUN') return []
  const known = works.get(step)
  if (known !== undefined) return known
  const work = [instruction.text, ...instruction.heredocs.map(({ text }) => text)].flatMap((script) =>
    shellCommands(script).flatMap((command) => {
      const invocation = readInvocation(command)
      return invocation === undefined ? [] : [{ invocation, packages: packageWork(invocation).packages }]
    }),
  )
  works.set(step, work)
  return work
}

const newFinder = (stage: Stage): Finder => {
  const root = rootOf(stage)
  const steps = stepsThrough(stage)
  const tools = root.scratch ? [] : root.base.computed ? undefined : knownImage(root.image).tools
  const copied = steps.flatMap(({ instruction }) =>
    /^(?:COPY|ADD)$/.test(instruction.keyword) ? [instruction.text] : [],
  )
  const work = steps.flatMap(workOf)
  return (tool) => {
    if (tools?.includes(tool) === true) return 'yes'
    if (tool in clients && !root.scratch && bringsClient(root.image, tool)) return 'unknown'
    const wanted = packageOf[tool]
    if (work.some(({ packages }) => packages.some((name) => wanted?.test(name.replace(/[=<>~@].*$/, '')) === true)))
      return 'yes'
    if (copied.some((text) => text.split(/[\s"',/[\]]+/).includes(tool))) return 'yes'
    if (tools === undefined || work.some(({ packages }) => packages.some((name) => name.includes('$'))))
      return 'unknown'
    if (
      copied.some(
        (text) => /\s\/(?:usr\/(?:local\/)?)?(?:s?bin\/?)?$/.test(text) && !/^\S*\/[\w.-]+\s+\/\S*bin\/$/.test(text),
      )
    )
      return 'unknown'
    // A script that came with the source may install anything; so may a command that names the tool.
    return work.some(({ invocation }) => mayInstall(invocation, tool)) ? 'unknown' : 'no'
  }
}

const mayInstall = ({ program, operands, verb, command }: Invocation, tool: string): boolean =>
  program.endsWith('.sh') ||
  [...operands, verb].some((word) => word.endsWith('.sh')) ||
  (command.words[0]?.text !== tool && [...operands, verb].some((word) => word.split('/').includes(tool)))

/** The commands of a CMD, ENTRYPOINT or HEALTHCHECK; those of the script where it starts a shell on one. */
const startedCommands = (exec: readonly string[] | undefined, text: string): Invocation[] => {
  const script = exec === undefined ? text : exec.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
  return shellCommands(script).flatMap((command) => readInvocation(command) ?? [])
}

const developmentServers: readonly (readonly [RegExp, string])[] = [
  [/^(?:npm|yarn|pnpm|bun) (?:run )?(?:dev|start:dev|start-dev|develop|serve:dev|watch)\b/, 'the dev script'],
  [/^(?:npx )?(?:next|nuxt|astro|remix|nuxi) dev\b/, 'the framework’s dev server'],
  [/^(?:npx )?vite(?: dev| serve| --.*)?$/, 'vite'],
  [/^(?:npx )?(?:nodemon|ts-node-dev|tsx watch)\b/, 'a watcher'],
  [
    /^(?:npx )?(?:ng serve|react-scripts start|webpack serve|webpack-dev-server|vue-cli-service serve)\b/,
    'the build tool’s dev server',
  ],
  [/^(?:python[\d.]* -m )?flask (?:--app \S+ )?(?:--debug )?run\b/, 'flask run'],
  [/^(?:python[\d.]* )?(?:\S*\/)?manage\.py runserver\b/, 'manage.py runserver'],
  [/^(?:uvicorn|gunicorn|hypercorn)\b.*\s--reload\b/, 'a server with --reload'],
  [/^fastapi dev\b/, 'fastapi dev'],
  [/^php (?:artisan serve\b|-S\b)/, 'PHP’s built-in server'],
  [/^symfony (?:server:start|serve)\b/, 'the Symfony dev server'],
  [/^(?:air|reflex|CompileDaemon|cargo watch|dotnet watch)(?: |$)/, 'a watcher'],
]

const developmentServer = (started: readonly Invocation[]): string | undefined => {
  for (const { command } of started) {
    const words = command.words.map(({ text }) => text.slice(0, 200))
    const first = words.findIndex(
      (word) => !/^(?:exec|env|sudo|tini|dumb-init|--|poetry|uv|pipenv|run|bundle)$/.test(word) && !/^\w+=/.test(word),
    )
    const line = words
      .slice(Math.max(first, 0))
      .join(' ')
      .replace(/^\/(?:\S*\/)?/, '')
    const known = developmentServers.find(([pattern]) => pattern.test(line))
    if (known !== undefined) return known[1]
  }
  return undefined
}

const imageName = (stage: Stage): string => (stage.scratch ? 'scratch' : stage.base.text)

/** The fact of one CMD or ENTRYPOINT. */
export const startFact = (context: Context, step: Step, effective: boolean): void => {
  const { instruction, shell } = step
  const { exec, text } = instruction
  const { stage } = context
  const started = startedCommands(exec, text)
  const has = toolFinder(stage)
  const needsShell = exec === undefined || /^(?:\/(?:usr\/)?bin\/)?(?:sh|bash)$/.test(exec[0] ?? '')
  const shellName = exec === undefined ? (shell[0] ?? 'sh') : (exec[0] ?? '')
  const server = developmentServer(started)
  context.fact('docker.start', {
    subject: instruction.keyword,
    line: instruction.line,
    column: instruction.column,
    endLine: instruction.endLine,
    value: {
      ...context.shared,
      instruction: instruction.keyword === 'CMD' ? 'CMD' : 'ENTRYPOINT',
      form: exec === undefined ? 'shell' : 'exec',
      effective,
      program: started[0]?.program.slice(0, 80) ?? '',
      execs: exec !== undefined || /^exec\s|[;&]\s*exec\s/.test(text),
      shellMissing:
        !stage.windows &&
        text !== '' &&
        needsShell &&
        has(shellName.includes('bash') ? 'bash' : 'sh') === 'no' &&
        rootLacksShell(stage),
      image: imageName(rootOf(stage)),
      ...(server === undefined ? {} : { developmentServer: server }),
    },
  })
}

/** `bash` on Alpine is a matter of one package; an image without any shell is what the fact is about. */
const rootLacksShell = (stage: Stage): boolean => toolFinder(stage)('sh') === 'no'

/** The fact of a HEALTHCHECK with a command. */
export const healthcheckFact = (context: Context, step: Step, effective: boolean): void => {
  const { instruction } = step
  const text = instruction.text.replace(/^CMD\s+/i, '')
  const exec = text.startsWith('[') ? jsonWords(text) : undefined
  const started = startedCommands(exec, text)
  const needed = new Set(started.map(({ program }) => (program === 'netcat' ? 'nc' : program)))
  if (exec === undefined) needed.add('sh')
  const tools = judgedTools.filter((tool) => needed.has(tool))
  const has = toolFinder(context.stage)
  context.fact('docker.healthcheck', {
    subject: 'HEALTHCHECK',
    line: instruction.line,
    column: instruction.column,
    endLine: instruction.endLine,
    value: {
      ...context.shared,
      effective,
      tools,
      missing: tools.filter((tool) => has(tool) === 'no'),
      unsure: tools.filter((tool) => has(tool) === 'unknown' && tool !== 'sh'),
      image: imageName(rootOf(context.stage)),
    },
  })
}

const jsonWords = (text: string): string[] | undefined => {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.map(String) : undefined
  } catch {
    return undefined
  }
}

const stepDown = /\b(gosu|su-exec|setpriv|runuser|s6-setuidgid|s6-overlay|chpst|setuidgid|fixuid)\b/

/** The tool with which an image changes to another user when it starts, where its Dockerfile shows one. */
export const privilegeTool = (stage: Stage): string | undefined => {
  for (const step of stepsThrough(stage)) {
    if (!/^(?:RUN|COPY|ADD|ENTRYPOINT|CMD)$/.test(step.instruction.keyword)) continue
    const found = stepDown.exec(step.instruction.text)?.[1]
    if (found !== undefined && lastStep(stage, 'ENTRYPOINT') !== undefined) return found
  }
  return undefined
}
