import type { Collector } from './collector.ts'
import { compose } from './compose/compose.ts'
import { databases } from './databases/databases.ts'
import { docker } from './docker/docker.ts'
import { documents } from './documents/documents.ts'
import { images } from './images/images.ts'
import { kubernetes } from './kubernetes/kubernetes.ts'
import { monitoring } from './monitoring/monitoring.ts'
import { operations } from './operations/operations.ts'
import { repository } from './repository/repository.ts'
import { scanIgnores } from './scan-ignores/scan-ignores.ts'
import { secrets } from './secrets/secrets.ts'
import { source } from './source/source.ts'
import { workflows } from './workflows/workflows.ts'

/**
 * Every collector of the repository's files. A new one is its own folder, named here. Facts are joined in this order:
 * databases read what compose joined, and images what all the others did.
 */
export const collectors: readonly Collector[] = [
  compose,
  databases,
  docker,
  documents,
  kubernetes,
  monitoring,
  operations,
  repository,
  scanIgnores,
  secrets,
  source,
  workflows,
  images,
]
