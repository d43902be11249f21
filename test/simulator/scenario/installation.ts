import type { GitHub } from '../github.ts'
import { installation as shapeOf } from '../shapes/accounts.ts'
import type { Installation, Permissions } from '../state/types.ts'
import { emit } from '../webhooks/emit.ts'

/** What happens to an app's installation. */
export class InstallationScenario {
  readonly state: Installation
  readonly #github: GitHub

  constructor(github: GitHub, state: Installation) {
    this.#github = github
    this.state = state
  }

  get id(): number {
    return this.state.id
  }

  #tell(event: string, action: string, more: object = {}): this {
    const body = { installation: shapeOf(this.#github.urls, this.state), ...more }
    const sender = this.#github.account('ada')
    emit(this.#github, this.state, event, action, body, { sender })
    return this
  }

  #short(names: readonly string[]) {
    return names.flatMap((fullName) => {
      const found = this.#github.repositories.get(fullName)
      if (found === undefined) return []
      return [{ id: found.id, node_id: `R_${found.id}`, name: found.name, full_name: fullName, private: found.private }]
    })
  }

  /** Tells the app that it was installed. */
  created(): this {
    const { repositories, account } = this.state
    const all = [...this.#github.repositories.values()].filter(({ owner }) => owner.login === account.login)
    const names = repositories === 'all' ? all.map(({ fullName }) => fullName) : [...repositories]
    return this.#tell('installation', 'created', { repositories: this.#short(names), requester: null })
  }

  add(...names: string[]): this {
    if (this.state.repositories !== 'all') for (const name of names) this.state.repositories.add(name)
    const selection = this.state.repositories === 'all' ? 'all' : 'selected'
    const changes = { repositories_added: this.#short(names), repositories_removed: [] }
    return this.#tell('installation_repositories', 'added', {
      ...changes,
      repository_selection: selection,
      requester: null,
    })
  }

  withdraw(...names: string[]): this {
    if (this.state.repositories !== 'all') for (const name of names) this.state.repositories.delete(name)
    const changes = { repositories_added: [], repositories_removed: this.#short(names) }
    return this.#tell('installation_repositories', 'removed', {
      ...changes,
      repository_selection: 'selected',
      requester: null,
    })
  }

  /** The app is uninstalled: its tokens end. */
  remove(): this {
    this.#github.installations.delete(this.state.id)
    for (const [value, { installation }] of this.#github.tokens)
      if (installation === this.state) this.#github.tokens.delete(value)
    return this.#tell('installation', 'deleted')
  }

  suspend(): this {
    this.state.suspended = true
    return this.#tell('installation', 'suspend')
  }

  unsuspend(): this {
    this.state.suspended = false
    return this.#tell('installation', 'unsuspend')
  }

  /** Changes what was granted, in place: tokens that are out lose it too. */
  grant(permissions: Permissions, events: string[] = this.state.events): this {
    for (const name of Object.keys(this.state.permissions)) Reflect.deleteProperty(this.state.permissions, name)
    Object.assign(this.state.permissions, { metadata: 'read', ...permissions })
    this.state.events = events
    return this.#tell('installation', 'new_permissions_accepted')
  }
}
