import type { Fact } from '../../core/facts/index.ts'
import type { Collected } from '../collector.ts'
import { buildsOf, type Build } from './build.ts'
import { groupBy } from './group.ts'

export type Stage = Fact<'docker.stage'>

/** The stage that a build makes: the one it names, else the one that is deployed. */
export const builtStage = (stages: readonly Stage[], target: string | undefined): Stage | undefined =>
  target === undefined
    ? stages.find(({ value }) => value.final)
    : stages.find(({ value }) => value.name === target.toLowerCase())

/** The stages of every Dockerfile, by its path. */
export const stagesByPath = (collected: Collected): Map<string, Stage[]> =>
  groupBy(collected.of('docker.stage'), ({ place }) => place.path)

/** Compose services, each with the build and the stage that it runs. */
export const builtServices = (
  collected: Collected,
  stages: ReadonlyMap<string, readonly Stage[]>,
): { service: Fact<'compose.service'>; build: Build; stage: Stage }[] => {
  const services = new Map(
    collected.of('compose.service').map((service) => [`${service.place.path} ${service.subject}`, service]),
  )
  return buildsOf(collected.tree).flatMap((build) => {
    if (build.by !== 'compose') return []
    const stage = builtStage(stages.get(build.dockerfile ?? '') ?? [], build.target)
    const service = services.get(`${build.place.path} ${build.subject}`)
    return stage === undefined || service === undefined ? [] : [{ service, build, stage }]
  })
}
