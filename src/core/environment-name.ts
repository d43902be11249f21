import { nameMatcher } from './globs.ts'

/**
 * The policy's own name of the environment that a name stands for: the same name, whatever its letters' case, else the first
 * whose patterns match it.
 */
export const environmentNamed = (
  environments: Readonly<Record<string, { names?: readonly string[] | undefined }>>,
  asked: string,
): string | undefined => {
  if (Object.hasOwn(environments, asked)) return asked
  const name = asked.trim().toLowerCase()
  const entries = Object.entries(environments)
  const same = entries.find(([key]) => key.toLowerCase() === name)
  const like = entries.find(([, { names }]) => names !== undefined && nameMatcher(names)(asked))
  return (same ?? like)?.[0]
}
