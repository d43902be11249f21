import type { Collected } from '../collector.ts'
import { dockerfilesOf } from '../docker/docker.ts'
import { judgedTools } from '../docker/known-images.ts'
import { toolFinder } from '../docker/start-facts.ts'
import { builtServices, builtStage, stagesByPath } from './built-stages.ts'
import { dockerfileFinder } from './dockerfiles-for.ts'

/**
 * Fills in who checks the health of what: the stages of Dockerfiles by the services and pods that run their image, and
 * services by the image that they are built from.
 */
export const relateHealthchecks = (collected: Collected): void => {
  const stages = stagesByPath(collected)
  for (const { service, build, stage } of builtServices(collected, stages)) {
    const { dockerfile, subject, place } = build
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
