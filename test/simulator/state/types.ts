import type { KeyObject } from 'node:crypto'

export interface Account {
  id: number
  login: string
  type: 'User' | 'Bot' | 'Organization'
}
export type Level = 'read' | 'write' | 'admin'
export type Permissions = Record<string, Level>
/** What a user may do in a repository. */
export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none'

/** Where the API and the pages of this GitHub are. */
export interface Urls {
  api: string
  web: string
  /** Where archives and artifacts are fetched from: another origin, as at GitHub. */
  storage: string
}

export interface App {
  id: number
  slug: string
  name: string
  owner: Account
  bot: Account
  /** PEM */
  privateKey: string
  publicKey: KeyObject
  webhookSecret: string
  /** Where webhooks go; undefined sends none. */
  webhookUrl: string | undefined
  permissions: Permissions
  events: string[]
  createdAt: string
}

export interface Installation {
  id: number
  app: App
  account: Account
  permissions: Permissions
  events: string[]
  /** Full names. */
  repositories: Set<string> | 'all'
  suspended: boolean
  createdAt: string
}

/** What a token may do, and until when. */
export interface Token {
  /** Who writes with it. */
  account: Account
  permissions: Permissions
  /** Full names. */
  repositories: Set<string> | 'all'
  installation?: Installation
  /** The app that the requests are counted for and checks are made by. */
  app?: App
  /** Milliseconds since 1970. */
  expiresAt: number
}

export interface Team {
  id: number
  organization: string
  slug: string
  members: Set<string>
}

export const githubActions: Account = { id: 41_898_282, login: 'github-actions[bot]', type: 'Bot' }

const order: readonly Level[] = ['read', 'write', 'admin']

/** Whether a level is granted that is at least the wanted one. */
export const grants = (granted: Level | undefined, wanted: Level): boolean =>
  granted !== undefined && order.indexOf(granted) >= order.indexOf(wanted)
