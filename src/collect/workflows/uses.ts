import { asMapping, asText, type Mapping } from '../shape.ts'

/** What `uses` names. */
export interface Uses {
  text: string
  source: 'repository' | 'docker' | 'local'
  /** owner/repository and the path in it, in lower case for comparison; the image; or the local path. */
  name: string
  ref: string
}

const commit = /^[0-9a-f]{40}$|^[0-9a-f]{64}$/i
const digest = /@sha256:[0-9a-f]{64}$/

/** Reads `owner/repository/path@ref`, `docker://image` or `./path`. */
export const parseUses = (text: string): Uses => {
  const trimmed = text.trim()
  if (trimmed.startsWith('docker://')) return { text: trimmed, source: 'docker', name: trimmed.slice(9), ref: '' }
  if (trimmed.startsWith('./') || trimmed.startsWith('../'))
    return { text: trimmed, source: 'local', name: trimmed, ref: '' }
  const at = trimmed.indexOf('@')
  return at < 0
    ? { text: trimmed, source: 'repository', name: trimmed, ref: '' }
    : { text: trimmed, source: 'repository', name: trimmed.slice(0, at), ref: trimmed.slice(at + 1) }
}

/** Whether what runs is always the same: a full commit, a digest, or a file of this very commit. */
export const isPinned = ({ source, name, ref }: Uses): boolean =>
  source === 'local' || (source === 'docker' ? digest.test(name) : commit.test(ref))

/** Whether a ref is a name that a branch has and a release has not: `main`, `feature/x`, no version in it. */
export const isBranchLike = ({ source, ref }: Uses): boolean => {
  if (source !== 'repository' || commit.test(ref) || ref.includes('${{')) return false
  return /^(main|master|develop|dev|trunk|head|next|edge|nightly|default|unstable|canary)$/i.test(ref) || ref === ''
}

/** Whether an action is of this name, or lies below it; letters' case does not count. */
export const usesAction = (uses: Uses | undefined, ...names: string[]): boolean => {
  if (uses?.source !== 'repository') return false
  const own = uses.name.toLowerCase()
  return names.some((name) => own === name || own.startsWith(`${name}/`))
}

/** An input's text; inputs are named without regard to case. */
export const inputOf = (inputs: Mapping, name: string): string | undefined => {
  const key = Object.keys(asMapping(inputs) ?? {}).find((one) => one.toLowerCase() === name)
  return key === undefined ? undefined : asText(inputs[key])
}
