/** What a reason does to the decision: forbids the deployment, ties it to a condition, or only informs. */
export type ReasonEffect = 'no-go' | 'conditional' | 'note'

/** Why a decision is what it is. The table is closed, and `docs/reason-codes.md` is proved equal to it. */
export const reasonCodes = {
  'blocking-failure': { effect: 'no-go', meaning: 'Rules of the blocking severity or above fail.' },
  'blocking-unknown': { effect: 'no-go', meaning: 'Rules of the blocking severity or above could not be judged.' },
  'rule-error': {
    effect: 'no-go',
    meaning: 'Rules of the blocking severity or above broke while they were evaluated.',
  },
  'score-below-minimum': { effect: 'no-go', meaning: "The score's low bound is below the environment's minimum." },
  'nothing-judged': { effect: 'no-go', meaning: 'No rule applies to what was found, so nothing is known.' },
  'environment-unknown': { effect: 'no-go', meaning: 'The policy has no environment of this name.' },
  'policy-invalid': { effect: 'no-go', meaning: 'The policy has a mistake, so there is no law to judge by.' },
  'rules-invalid': { effect: 'no-go', meaning: "One of the repository's own rules has a mistake." },
  'history-invalid': {
    effect: 'no-go',
    meaning: 'The history of earlier values cannot be read, so nothing can be compared with it.',
  },
  'below-blocking': {
    effect: 'conditional',
    meaning: 'Critical or high rules fail, though this environment does not block on them.',
  },
  waived: { effect: 'conditional', meaning: 'Blocking rules are met by waivers alone.' },
  'known-findings': {
    effect: 'conditional',
    meaning: 'Blocking rules fail by findings alone that the base has too: the change adds none.',
  },
  'sign-off-missing': { effect: 'conditional', meaning: 'The environment asks for sign-offs that are not there.' },
  'soak-unproven': { effect: 'conditional', meaning: 'The environment asks that the commit ran elsewhere first.' },
  'outside-window': { effect: 'conditional', meaning: 'The moment lies outside the deployment windows.' },
  undecided: {
    effect: 'note',
    meaning: 'Some things that blocking rules ask about could not be decided; they earn no points.',
  },
  'policy-default': { effect: 'note', meaning: 'There is no policy file; the recommended policy was applied.' },
  'observe-mode': {
    effect: 'note',
    meaning: 'The environment is only observed: the decision is told and not enforced.',
  },
  'waiver-unused': { effect: 'note', meaning: 'A waiver or an inline ignore covers nothing any more.' },
  'ignore-untrusted': {
    effect: 'note',
    meaning: 'An inline ignore was added by the change that it excuses, and does not count yet.',
  },
  'waiver-expired': {
    effect: 'note',
    meaning: 'A waiver or an inline ignore has run out, and what it covered counts again.',
  },
} as const satisfies Record<string, { effect: ReasonEffect; meaning: string }>
export type ReasonCode = keyof typeof reasonCodes

export interface Reason {
  code: ReasonCode
  message: string
}
