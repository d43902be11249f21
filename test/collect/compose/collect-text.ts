import { memoryWorkspace } from '../../../src/adapters/memory/memory.ts'
import { collect } from '../../../src/collect/collect.ts'
import { compose } from '../../../src/collect/compose/compose.ts'
import type { Unjudged } from '../../../src/core/facts/fact-set.ts'
import { factKinds, type Fact, type FactKind } from '../../../src/core/facts/index.ts'

/** What the collector makes of some files; every fact is held against its schema. */
export const collectText = async (
  files: Record<string, string>,
): Promise<{ of: <K extends FactKind>(kind: K) => Fact<K>[]; facts: Fact[]; unjudged: Unjudged[] }> => {
  const workspace = memoryWorkspace(files)
  const { facts, unjudged } = await collect(workspace, await workspace.list(), [compose])
  for (const { kind, value } of facts) factKinds[kind].schema.strict().parse(value)
  return {
    facts,
    unjudged,
    of: <K extends FactKind>(kind: K) => facts.filter((fact) => fact.kind === kind) as unknown as Fact<K>[],
  }
}
