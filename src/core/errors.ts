/**
 * Everything that can be wrong with what a user gives us. The table is closed, and `docs/errors.md` is proved equal to it.
 * `hint` says what to do next.
 */
export const errorCodes = {
  usage: 'The command line is not understood. Run `prodgate --help`.',
  'directory-unreadable': 'Name a directory that exists and that you may read.',
  'policy-unreadable': 'Name a policy file that exists, is UTF-8 text and is smaller than 1 MB.',
  'policy-syntax': 'Repair the YAML at the line and column named.',
  'policy-invalid':
    'See docs/policy.md for the keys and values that a policy may have; `prodgate validate` checks one.',
  'policy-exists': 'Keep it, or overwrite it with `prodgate init --force`.',
  'history-invalid': 'Repair the history, or remove it to begin anew: docs/evidence.md says what it is.',
  'rule-unreadable': 'Keep each rule in a regular file: UTF-8 text of at most 200 kB, and no more than 500 of them.',
  'rule-syntax': 'Repair the YAML at the line and column named.',
  'rule-invalid': 'See docs/writing-rules.md for the keys and values that a rule may have.',
  'rule-expression': 'Repair the CEL expression: the fields of each kind of fact are listed in docs/facts.md.',
  'rule-unknown': 'Run `prodgate rules` for the list of rules.',
  'workspace-too-large': 'Name a smaller directory, or take generated trees out of the repository.',
  'base-unknown': 'Name a commit that the checkout has: fetch the base branch first, or check out with its history.',
  'output-unwritable': 'Name an output file in a directory that exists and that you may write to.',
  settings: 'Set the variable as docs/operations.md says, and start the App again.',
} as const
export type ErrorCode = keyof typeof errorCodes

/** One thing that is wrong with an input, and where. Lines and columns count from 1. */
export interface Diagnostic {
  code: ErrorCode
  message: string
  path?: string
  line?: number
  column?: number
}

/** What ends a run because of what the user gave us. Carries one diagnostic or more. A bug is any other error. */
export class InputError extends Error {
  readonly diagnostics: readonly [Diagnostic, ...Diagnostic[]]

  constructor(first: Diagnostic, ...more: Diagnostic[]) {
    super(first.message)
    this.name = 'InputError'
    this.diagnostics = [first, ...more]
  }
}

/** `path:line:column: message (code)`, with what is known of the place. */
export const formatDiagnostic = ({ code, message, path, line, column }: Diagnostic): string => {
  const place = [path, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':')
  return `${place === '' ? '' : `${place}: `}${message} (${code})`
}
