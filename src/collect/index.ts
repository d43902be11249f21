import type { Collector } from './collector.ts'
import { docker } from './docker/docker.ts'
import { documents } from './documents/documents.ts'
import { repository } from './repository/repository.ts'
import { secrets } from './secrets/secrets.ts'

/** Every collector of the repository's files. A new one is its own folder, named here. */
export const collectors: readonly Collector[] = [docker, documents, repository, secrets]
