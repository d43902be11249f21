import type { Fact } from '../../core/facts/index.ts'
import type { Collected } from '../collector.ts'
import { dockerfilesOf } from '../docker/docker.ts'
import { judgedTools } from '../docker/known-images.ts'
import { toolFinder } from '../docker/start-facts.ts'
import { buildsOf } from './build.ts'
import { dockerfileFinder } from './dockerfiles-for.ts'
import { groupBy } from './group.ts'

type Stage = Fact<'docker.stage'>

/** The stage that a build makes: the one it names, else the one that is deployed. */
const builtStage = (stages: readonly Stage[], target: string | undefined): Stage | undefined =>
  target === undefined
    ? stages.find(({ value }) => value.final)
    : stages.find(({ value }) => value.name === target.toLowerCase())

/**
 * Fills in who checks the health of what: the stages of Dockerfiles by the services and pods that run their image, and
 * services by the image that they are built from.
 */
export const relateHealthchecks = (collected: Collected): void => {
  const stages = groupBy(collected.of('docker.stage'), ({ place }) => place.path)
  const services = new Map(
    collected.of('compose.service').map((service) => [`${service.place.path} ${service.subject}`, service]),
  )
  for (const { by, subject, place, dockerfile, target } of buildsOf(collected.tree)) {
    const stage = by === 'compose' ? builtStage(stages.get(dockerfile ?? '') ?? [], target) : undefined
    const service = services.get(`${place.path} ${subject}`)
    if (stage === undefined || service === undefined) continue
    service.value.imageHealthcheck = stage.value.healthcheck === 'command'
    const source = dockerfilesOf(collected.tree)
      .get(dockerfile ?? '')
      ?.find(({ name }) => name === stage.value.name)
    if (source !== undefined) {
      const has = toolFinder(source)
      service.value.healthcheckMissing = service.value.healthcheckPrograms.filter(
        (program) => judgedTools.includes(program) && has(program) === 'no',
      )
    }
    if (service.value.healthcheck === 'set') stage.value.checkedBy.push(`${subject} of ${place.path}`)
  }
  const dockerfilesFor = dockerfileFinder(stages.keys())
  for (const container of collected.of('kubernetes.container')) {
    const { livenessProbe, readinessProbe, imageName, role } = container.value
    if (role !== 'main' || (livenessProbe === undefined && readinessProbe === undefined)) continue
    for (const path of dockerfilesFor(imageName))
      builtStage(stages.get(path) ?? [], undefined)?.value.checkedBy.push(container.subject)
  }
}
