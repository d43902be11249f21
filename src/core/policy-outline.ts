import { environmentNamed } from './environment-name.ts'
import { defaultEnvironments } from './policy.ts'
import { durationMs, PolicyFile, type Environment, type Window } from './policy-file.ts'
import { parseYamlSource } from './yaml-source.ts'

/** What a policy says that is known without its rules. */
export interface PolicyOutline {
  environments: Readonly<Record<string, Environment>>
  /** The workflows whose artifacts count; undefined where all do. */
  workflows: readonly string[] | undefined
  /** Milliseconds; undefined where age does not matter. */
  evidenceMaxAge: number | undefined
  /** The ends of all waivers. */
  waiversEnd: readonly string[]
  /** Where earlier values are kept; undefined where none are. */
  history: string | undefined
}

const outlineOfFile = ({ environments, evidence, waivers, history }: PolicyFile): PolicyOutline => ({
  environments: environments ?? defaultEnvironments(),
  workflows: evidence.workflows,
  evidenceMaxAge: evidence['max-age'] === undefined ? undefined : durationMs(evidence['max-age']),
  waiversEnd: waivers.map(({ expires }) => expires),
  history,
})

/** The outline of a policy's text, of the recommended policy without one; undefined where the text is no policy. */
export const outlinePolicy = (text: string | undefined): PolicyOutline | undefined => {
  if (text === undefined) return outlineOfFile(PolicyFile.parse({ version: 1 }))
  const parsed = parseYamlSource(text, 'policy', 'policy-syntax')
  if ('diagnostics' in parsed) return undefined
  try {
    const checked = PolicyFile.safeParse(parsed.source.document.toJS({ maxAliasCount: 100 }))
    return checked.success ? outlineOfFile(checked.data) : undefined
  } catch {
    return undefined
  }
}

/** The policy's own name of the environment that a name stands for. */
export const environmentKey = ({ environments }: PolicyOutline, name: string): string | undefined =>
  environmentNamed(environments, name)

/** Whether a deployment's environment is the one that the policy means by a name: one of its own, or one that only GitHub has. */
export const isMeant = (
  environments: Readonly<Record<string, { names?: readonly string[] | undefined }>>,
  meant: string,
  name: string,
): boolean => {
  const key = environmentNamed(environments, meant)
  return key === undefined
    ? name.trim().toLowerCase() === meant.trim().toLowerCase()
    : environmentNamed(environments, name) === key
}

/** What an environment asks to have run elsewhere before; undefined where it asks nothing or is unknown. */
export const soakOf = (outline: PolicyOutline | undefined, name: string): Environment['soak'] => {
  const key = outline === undefined ? undefined : environmentKey(outline, name)
  return key === undefined ? undefined : outline?.environments[key]?.soak
}

/** Every window of an environment; none where it has none or is unknown. */
export const windowsOf = (outline: PolicyOutline, name: string): readonly Window[] => {
  const key = environmentKey(outline, name)
  return key === undefined ? [] : (outline.environments[key]?.windows ?? [])
}
