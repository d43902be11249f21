import type { Collector } from '../collector.ts'
import { emitArchitectures } from './architecture.ts'
import { emitBuilds } from './build-facts.ts'
import { emitBuiltPaths } from './built-paths.ts'
import { emitCopiedPaths } from './copied-paths.ts'
import { relateHealthchecks } from './healthchecks.ts'
import { emitIgnoreFiles } from './ignore-files.ts'
import { emitImageToolchains } from './image-toolchains.ts'
import { isRequirement, readRequirement } from './manifests.ts'
import { emitManifestImages } from './manifest-images.ts'
import { emitPublicVariables } from './public-variables.ts'
import { emitNameCases } from './name-case.ts'
import { mayNameOwner, noteOwner } from './owner.ts'
import { pushesOf } from './pushes.ts'
import { emitReferences } from './references.ts'
import { relateSetImages } from './set-images.ts'
import { isStartText, keepStartText } from './start-texts.ts'
import { emitStartedPrograms } from './started-programs.ts'
import { relateUsers } from './users.ts'
import { emitWorkflowToolchains } from './workflow-toolchains.ts'

/** A larger manifest is generated. Bytes. */
const maxManifest = 1_000_000

/** Joins Dockerfiles with what builds them, and images with what pushes, scans and runs them. */
export const images: Collector = {
  topic: 'docker',
  claims: ({ path, size }) =>
    (size <= maxManifest && isRequirement(path)) || isStartText(path, size) || mayNameOwner(path, size),
  recognises: () => false,
  collect: (file, _sink, tree) => {
    if (isRequirement(file.path)) readRequirement(file, tree)
    if (mayNameOwner(file.path, file.text.length)) noteOwner(file, tree)
    if (isStartText(file.path, file.text.length)) keepStartText(file, tree)
  },
  relate: (collected, sink) => {
    relateHealthchecks(collected)
    relateUsers(collected)
    emitBuilds(collected, sink)
    emitCopiedPaths(collected, sink)
    emitBuiltPaths(collected, sink)
    emitIgnoreFiles(collected, sink)
    emitArchitectures(collected, sink)
    emitImageToolchains(collected, sink)
    emitWorkflowToolchains(collected, sink)
    emitPublicVariables(collected, sink)
    emitStartedPrograms(collected, sink)
    const pushes = pushesOf(collected.tree)
    emitReferences(collected, pushes, sink)
    emitManifestImages(collected, pushes, sink)
    relateSetImages(collected)
    emitNameCases(collected, sink)
  },
}
