import { expect } from 'vitest'
import { memoryWorkspace } from '../../src/adapters/memory/memory.ts'
import { observe, type Observation } from '../../src/observe.ts'
import { factKinds, type FactKind } from '../../src/core/facts/index.ts'

/** Reads a tree with every collector, and holds every fact to its schema. */
export const observeTree = async (files: Record<string, string | Uint8Array>): Promise<Observation> => {
  const tree = memoryWorkspace(files)
  const observation = await observe({ workspace: tree, evidenceFiles: tree, ignore: [], evidenceGlobs: {} })
  for (const kind of Object.keys(factKinds) as FactKind[])
    for (const { value } of observation.facts.of(kind))
      expect(factKinds[kind].schema.strict().parse(value)).toEqual(value)
  return observation
}
