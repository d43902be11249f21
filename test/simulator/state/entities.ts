import type { Account, App } from './types.ts'

export interface PullRequest {
  id: number
  number: number
  title: string
  body: string
  author: Account
  state: 'open' | 'closed'
  merged: boolean
  draft: boolean
  base: { ref: string; sha: string }
  /** `repository` is the full name of a fork where it is one. */
  head: { ref: string; sha: string; repository: string }
  createdAt: string
  updatedAt: string
}

export interface Comment {
  id: number
  issue: number
  body: string
  author: Account | null
  createdAt: string
  updatedAt: string
  reactions: { id: number; content: string; author: Account }[]
}

export interface CheckSuite {
  id: number
  app: App
  branch: string
  sha: string
  createdAt: string
  updatedAt: string
}

export interface Annotation {
  path: string
  start_line: number
  end_line: number
  start_column?: number
  end_column?: number
  annotation_level: 'notice' | 'warning' | 'failure'
  message: string
  title?: string
  raw_details?: string
}

export interface CheckRun {
  id: number
  name: string
  sha: string
  suite: CheckSuite
  status: 'queued' | 'in_progress' | 'completed'
  conclusion: string | null
  externalId: string | null
  detailsUrl: string
  startedAt: string | null
  completedAt: string | null
  output: { title: string | null; summary: string | null; text: string | null; annotations: Annotation[] }
  actions: { label: string; description: string; identifier: string }[]
}

export interface WorkflowRun {
  id: number
  number: number
  attempt: number
  name: string
  path: string
  event: string
  branch: string
  sha: string
  status: 'queued' | 'in_progress' | 'completed' | 'waiting'
  conclusion: string | null
  actor: Account
  createdAt: string
  updatedAt: string
}

export interface Artifact {
  id: number
  run: WorkflowRun
  name: string
  zip: Buffer
  createdAt: string
  expired: boolean
}

export interface Environment {
  id: number
  name: string
  /** The apps whose protection rule is switched on. */
  apps: App[]
  /** Logins of people who have to approve, beside any app. */
  reviewers: string[]
  createdAt: string
}

export interface Deployment {
  id: number
  sha: string
  ref: string
  environment: string
  run: WorkflowRun
  statuses: { id: number; state: string; description: string; createdAt: string }[]
  createdAt: string
}

/** One question to one app: may this run deploy to this environment? */
export interface Gate {
  run: WorkflowRun
  /** Of the run: a run that is started again asks again. */
  attempt: number
  environment: string
  app: App
  deployment: Deployment | null
  /** The final answer. */
  state: 'waiting' | 'approved' | 'rejected'
  comment: string
  reports: string[]
  openedAt: number
  answeredAt: number | undefined
}
