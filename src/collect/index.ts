import type { Collector } from './collector.ts'
import { compose } from './compose/compose.ts'
import { docker } from './docker/docker.ts'
import { kubernetes } from './kubernetes/kubernetes.ts'
import { repository } from './repository/repository.ts'
import { workflows } from './workflows/workflows.ts'

/** Every collector of the repository's files. A new one is its own folder, named here. */
export const collectors: readonly Collector[] = [compose, docker, repository]
export const collectors: readonly Collector[] = [docker, kubernetes, repository]
export const collectors: readonly Collector[] = [docker, repository, workflows]
