import { groupBy } from './group.ts'
import type { Collected, Sink } from '../collector.ts'
import { dockerfilesOf } from '../docker/docker.ts'
import type { Stage, Step } from '../docker/stages.ts'
import type { Tree } from '../tree.ts'
import { buildsOf, type Build } from './build.ts'

const names: Record<string, string> = {
  x86_64: 'amd64',
  x64: 'amd64',
  amd64: 'amd64',
  arm64: 'arm64',
  aarch64: 'arm64',
}

/** `linux/arm64/v8` is arm64. */
const architectureOf = (platform: string): string => platform.split('/')[1] ?? platform

const goArch = /(?:^|[\s"';&|])(GOARCH=["']?(amd64|arm64)["']?)(?=$|[\s"';&|])/

interface Fixed {
  written: string
  architecture: string
  line: number
}

const inStep = ({ instruction, assignments }: Step): Fixed[] => {
  if (instruction.keyword === 'ENV')
    return assignments.flatMap(({ name, value, offset }) => {
      const architecture = name === 'GOARCH' && value !== undefined ? names[value] : undefined
      return architecture === undefined
        ? []
        : [{ written: `GOARCH=${value}`, architecture, line: instruction.lineAt(offset) }]
    })
  const found = instruction.keyword === 'RUN' ? goArch.exec(instruction.text) : null
  const architecture = names[found?.[2] ?? '']
  if (found === null || architecture === undefined) return []
  return [{ written: found[1] ?? '', architecture, line: instruction.lineAt(found.index + 1) }]
}

const inFrom = ({ from, shipped }: Stage): Fixed[] => {
  const platform = from.flags.get('platform')?.[0] ?? ''
  const architecture = names[architectureOf(platform)]
  // A build stage may run on whatever it likes; what is deployed may not.
  return architecture === undefined || !shipped
    ? []
    : [{ written: `--platform=${platform}`, architecture, line: from.line }]
}

const byDockerfile = (tree: Tree): Map<string | undefined, Build[]> =>
  groupBy(
    buildsOf(tree).filter(({ platforms }) => platforms.length > 0),
    ({ dockerfile }) => dockerfile,
  )

/** Joins what a Dockerfile says of the processor with the platforms that workflows build it for. */
export const emitArchitectures = (collected: Collected, sink: Sink): void => {
  const builds = byDockerfile(collected.tree)
  for (const [path, stages] of dockerfilesOf(collected.tree))
    for (const stage of stages)
      for (const { written, architecture, line } of [...inFrom(stage), ...stage.steps.flatMap(inStep)]) {
        const other = (platform: string): boolean => architectureOf(platform) !== architecture
        const found = (builds.get(path) ?? []).filter(({ platforms }) => platforms.some(other))
        const [first] = found
        sink.fact({
          kind: 'images.fixed-architecture',
          subject: `stage ${stage.name}`,
          place: { path, line, column: 1 },
          value: {
            stage: stage.name,
            written,
            architecture,
            others: [...new Set(found.flatMap(({ platforms }) => platforms.filter(other)))].sort(),
            by: first === undefined ? '' : `${first.subject} of ${first.place.path}`,
          },
        })
      }
}
