import type { Fact } from '../../core/facts/index.ts'
import type { Collected } from '../collector.ts'
import { parseImageReference } from '../docker/image-reference.ts'
import { knownImage } from '../docker/known-images.ts'
import { builtServices, builtStage, stagesByPath, type Stage } from './built-stages.ts'
import { dockerfileFinder } from './dockerfiles-for.ts'

const rootUser = /^["']?(?:root|0+)(?:["':]|$)/i

/** Whether a container makes its image start as a user other than root. */
const givesUser = ({ value }: Fact<'kubernetes.container'>, stage: Stage): boolean => {
  if (value.runAsUser !== undefined) return value.runAsUser !== 0
  // The kubelet starts no image as root then; where the image is root's, it does not start it at all.
  return value.runAsNonRoot === true && stage.value.runsAs !== 'root'
}

/**
 * Fills in who runs the images of Dockerfiles, and which of them start it as root unless the image itself says otherwise.
 * An image whose name fits two Dockerfiles, or is one that somebody else publishes, says nothing of either.
 */
export const relateUsers = (collected: Collected): void => {
  const stages = stagesByPath(collected)
  for (const { service, build, stage } of builtServices(collected, stages)) {
    const { user, purpose } = service.value
    if (purpose === 'development') continue
    const name = `${build.subject} of ${build.place.path}`
    stage.value.startedBy.push(name)
    if (user === undefined || user.includes('$') || rootUser.test(user)) stage.value.startedAsRoot.push(name)
  }
  const dockerfilesFor = dockerfileFinder(stages.keys())
  for (const container of collected.of('kubernetes.container')) {
    const { imageName } = container.value
    const [path, another] = dockerfilesFor(imageName)
    if (path === undefined || another !== undefined) continue
    if (knownImage(parseImageReference(imageName)).user !== undefined) continue
    const stage = builtStage(stages.get(path) ?? [], undefined)
    if (stage === undefined) continue
    stage.value.startedBy.push(container.subject)
    if (!givesUser(container, stage)) stage.value.startedAsRoot.push(container.subject)
  }
}
