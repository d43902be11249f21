import type { Place } from '../../core/facts/place.ts'
import type { Collected, Sink } from '../collector.ts'
import { projectOf } from '../compose/project.ts'
import { dockerfilesOf } from '../docker/docker.ts'
import type { Stage } from '../docker/stages.ts'
import { asMapping } from '../shape.ts'
import { buildsOf, type Build } from './build.ts'
import { dockerfileFinder } from './dockerfiles-for.ts'
import { folderOf } from '../tree-path.ts'

const frameworks: readonly [RegExp, string][] = [
  [/^NEXT_PUBLIC_/, 'Next.js'],
  [/^VITE_/, 'Vite'],
  [/^REACT_APP_/, 'Create React App'],
  [/^VUE_APP_/, 'Vue CLI'],
  [/^GATSBY_/, 'Gatsby'],
]

const frameworkOf = (name: string): string | undefined => frameworks.find(([pattern]) => pattern.test(name))?.[1]

interface Given {
  name: string
  subject: string
  place: Place
  dockerfiles: readonly string[]
  development: boolean
  /** The build of the very service; undefined where any build of the Dockerfile may be the one. */
  builds?: readonly Build[]
}

/** Scripts that write variables into the built files when the container starts. */
const writesAtStart = (stages: readonly Stage[]): boolean =>
  stages.some(({ steps }) =>
    steps.some(
      ({ instruction: { keyword, text } }) =>
        (['CMD', 'ENTRYPOINT'].includes(keyword) && /\.sh\b|envsubst|env-to|sed /.test(text)) ||
        /docker-entrypoint\.d|env-?config|runtime-env|import-meta-env|envsubst/.test(text),
    ),
  )

/** Whether an image ships no bundle but a server that builds when it starts, as in development. */
const buildsAtStart = (stages: readonly Stage[]): boolean =>
  stages.some(
    ({ final, steps }) =>
      final &&
      steps.some(
        ({ instruction: { keyword, text } }) => /^(?:CMD|ENTRYPOINT)$/.test(keyword) && /\b(?:dev|build)\b/.test(text),
      ),
  )

const setInBuild = (stages: readonly Stage[], name: string): boolean =>
  stages.some(({ steps }) =>
    steps.some(({ assignments }) =>
      // `ENV X=$X` only hands on an argument, and a default is a value.
      assignments.some(
        (one) => one.name === name && one.value !== undefined && one.value !== '' && !one.value.includes('$'),
      ),
    ),
  )

const composeGiven = (collected: Collected): Given[] => {
  const { documents, sources } = projectOf(collected.tree)
  return documents.flatMap((document) =>
    Object.entries(document.services).flatMap(([service, value]) => {
      const environment = sources.pairs(asMapping(value)?.['environment'])
      if (environment === undefined || asMapping(value)?.['build'] === undefined) return []
      const names = Object.keys(environment).filter((name) => frameworkOf(name) !== undefined)
      if (names.length === 0) return []
      const builds = buildsOf(collected.tree).filter(
        ({ by, subject, place }) =>
          by === 'compose' && subject === `service ${service}` && place.path === document.path,
      )
      return names.map((name): Given => ({
        name,
        subject: `service ${service}`,
        place: sources.at(environment, name),
        dockerfiles: builds.flatMap(({ dockerfile }) => dockerfile ?? []),
        development: document.purpose === 'development',
        builds,
      }))
    }),
  )
}

const kubernetesGiven = (collected: Collected): Given[] => {
  const dockerfilesFor = dockerfileFinder(dockerfilesOf(collected.tree).keys())
  const images = new Map(collected.of('kubernetes.container').map(({ subject, value }) => [subject, value.imageName]))
  return collected.of('kubernetes.environment-variable').flatMap(({ subject, place, value }): Given[] =>
    frameworkOf(value.name) === undefined
      ? []
      : [
          {
            name: value.name,
            subject,
            place,
            dockerfiles: dockerfilesFor(images.get(subject) ?? ''),
            development: false,
          },
        ],
  )
}

const envFile = (folder: string): readonly string[] =>
  ['.env', '.env.production'].map((name) => (folder === '' ? name : `${folder}/${name}`))

const builtWith = (name: string, builds: readonly Build[]): 'yes' | 'no' | 'unknown' => {
  // What production runs is what a workflow builds, where one does.
  const workflows = builds.filter(({ by }) => by === 'workflow')
  const asked = workflows.length > 0 ? workflows : builds
  if (asked.length === 0 || asked.some((build) => build.arguments === undefined)) return 'unknown'
  return asked.some((build) => build.arguments?.includes(name) === true) ? 'yes' : 'no'
}

const judge = (
  collected: Collected,
  { name, dockerfiles, builds }: Given,
): { built: 'yes' | 'no' | 'unknown'; because: string } => {
  const [dockerfile] = dockerfiles
  if (dockerfile === undefined || dockerfiles.length > 1)
    return { built: 'unknown', because: 'which Dockerfile its image is built with is not known' }
  const stages = dockerfilesOf(collected.tree).get(dockerfile) ?? []
  if (writesAtStart(stages))
    return { built: 'unknown', because: 'a script may write it into the bundle when the container starts' }
  if (buildsAtStart(stages) || setInBuild(stages, name)) return { built: 'yes', because: '' }
  if (envFile(folderOf(dockerfile)).some((path) => collected.tree.has(path)))
    return { built: 'unknown', because: 'an .env file beside the Dockerfile may give it to the build' }
  const all = builds ?? buildsOf(collected.tree).filter((build) => build.dockerfile === dockerfile)
  const built = builtWith(name, all)
  const declared = stages.some(({ steps }) =>
    steps.some(({ assignments }) => assignments.some((one) => one.name === name)),
  )
  if (built === 'no' && name.startsWith('NEXT_PUBLIC_') && !declared)
    return {
      built: 'unknown',
      because: "Next.js reads it at run time in the server's code, if no code for the browser does",
    }
  return {
    built,
    because: built === 'unknown' ? `what builds ${dockerfile}, and with which arguments, is not known` : '',
  }
}

/** Says of each public variable of a running container whether the build of its image got it. */
export const emitPublicVariables = (collected: Collected, sink: Sink): void => {
  for (const given of [...composeGiven(collected), ...kubernetesGiven(collected)])
    sink.fact({
      kind: 'images.public-variable',
      subject: given.subject,
      place: given.place,
      value: {
        name: given.name,
        framework: frameworkOf(given.name) ?? '',
        dockerfile: given.dockerfiles.length === 1 ? (given.dockerfiles[0] ?? '') : '',
        development: given.development,
        ...judge(collected, given),
      },
    })
}
