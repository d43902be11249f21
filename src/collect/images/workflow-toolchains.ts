import type { Place } from '../../core/facts/place.ts'
import type { Collected, Sink } from '../collector.ts'
import { asList, asMapping, asText, defined } from '../shape.ts'
import { endOfLifeOf } from '../docker/end-of-life.ts'
import { jobsOf, type ReadJob } from '../workflows/job.ts'
import { programWords } from '../workflows/shell.ts'
import type { Step } from '../workflows/step.ts'
import { inputOf, usesAction } from '../workflows/uses.ts'
import { requirementFor, requirementsOf, type Language, type Requirement } from './manifests.ts'
import { below } from './paths.ts'
import { satisfies } from './image-toolchains.ts'

interface Setup {
  action: string
  input: string
  language: Language
  /** The image whose support ends on the same day. */
  image: string
  programs: RegExp
}

const setups: readonly Setup[] = [
  { action: 'actions/setup-go', input: 'go-version', language: 'Go', image: 'golang', programs: /^go$/ },
  {
    action: 'actions/setup-node',
    input: 'node-version',
    language: 'Node.js',
    image: 'node',
    programs: /^(?:node|npm|npx|yarn|pnpm)$/,
  },
  {
    action: 'actions/setup-python',
    input: 'python-version',
    language: 'Python',
    image: 'python',
    programs: /^(?:python3?|pip3?|poetry|pytest|uv|tox)$/,
  },
  {
    action: 'actions/setup-java',
    input: 'java-version',
    language: 'Java',
    image: '',
    programs: /^(?:\.\/)?(?:\.\.\/)*(?:gradlew?|mvnw?)$/,
  },
]

interface Written {
  version: string
  place: Place
  /** Whether the job runs with other versions too, so that an old one is there on purpose. */
  one: boolean
}

/** The versions that a step sets up: one, or those of the job's matrix. Ranges and names such as `lts/*` move by themselves. */
const versionsOf = (job: ReadJob, step: Step, input: string): Written[] => {
  const text = inputOf(step.inputs, input)?.trim()
  if (text === undefined) return []
  const name = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/.exec(text)?.[1]
  if (name === undefined)
    return text
      .split('\n')
      .map((version) => ({ version: version.trim(), place: step.atInput(input), one: !text.includes('\n') }))
  const matrix = asMapping(asMapping(job.value['strategy'])?.['matrix'])
  const list = asList(matrix?.[name]) ?? []
  return list.flatMap((item, index) => {
    const version = asText(item)
    return version === undefined ? [] : [{ version, place: job.document.at(list, index), one: list.length === 1 }]
  })
}

const isVersion = (text: string): boolean => /^v?\d{1,4}(?:\.\d{1,5}){0,2}(?:\.x)?$/.test(text)

/** The manifest of the folder that the job's commands run in; undefined where there are several. */
const requirementOf = (collected: Collected, job: ReadJob, step: Step, setup: Setup): Requirement | undefined => {
  const later = job.steps.slice(job.steps.indexOf(step) + 1)
  const users = later.filter(({ commands }) =>
    commands.some(({ words }) => setup.programs.test(programWords(words)[0] ?? words[0] ?? '')),
  )
  const found = new Set(
    users.map(({ directory, run = '' }) => {
      const folder = below('', directory)
      const moves = /\b(?:cd|pushd)\s/.test(run) || /\$\{\{/.test(directory)
      return folder === undefined || moves ? undefined : requirementFor(collected.tree, setup.language, folder)
    }),
  )
  const [only] = found
  return found.size === 1 ? only : undefined
}

/** Facts of the languages that workflows set up. */
export const emitWorkflowToolchains = (collected: Collected, sink: Sink): void => {
  const known = new Set(requirementsOf(collected.tree).map(({ language }) => language))
  for (const job of jobsOf(collected.tree))
    for (const step of job.steps)
      for (const setup of setups) {
        if (!usesAction(step.uses, setup.action)) continue
        const versions = versionsOf(job, step, setup.input).filter(({ version }) => isVersion(version))
        const requirement =
          versions.length > 0 && known.has(setup.language) ? requirementOf(collected, job, step, setup) : undefined
        for (const { version, place, one } of versions)
          sink.fact({
            kind: 'images.toolchain',
            subject: step.subject,
            place,
            value: defined({
              where: 'workflow' as const,
              development: false,
              language: setup.language,
              version,
              required: requirement?.text,
              manifest: requirement?.path ?? '',
              manifestLine: requirement?.line ?? 0,
              satisfies: requirement === undefined ? ('unknown' as const) : satisfies(version, requirement),
              endOfLife: one && setup.image !== '' ? endOfLifeOf(setup.image, version) : undefined,
            }),
          })
      }
}
