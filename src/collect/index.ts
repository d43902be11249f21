import type { Collector } from './collector.ts'
import { compose } from './compose/compose.ts'
import { docker } from './docker/docker.ts'
import { documents } from './documents/documents.ts'
import { kubernetes } from './kubernetes/kubernetes.ts'
import { monitoring } from './monitoring/monitoring.ts'
import { operations } from './operations/operations.ts'
import { repository } from './repository/repository.ts'
import { secrets } from './secrets/secrets.ts'
import { workflows } from './workflows/workflows.ts'

/** Every collector of the repository's files. A new one is its own folder, named here. */
export const collectors: readonly Collector[] = [
  compose,
  docker,
  documents,
  kubernetes,
  monitoring,
  operations,
  repository,
  secrets,
  workflows,
]
