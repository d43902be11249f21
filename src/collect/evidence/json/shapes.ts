import { TokenType } from '@streamparser/json'

/** What a value has to be where it is there and is not null. */
export type Shape = 'list' | 'object'

interface Level {
  list: boolean
  /** The way here, with `*` for indexes. */
  pattern: string
  path: string
  /** Of an object: undefined while a key is awaited. */
  key: string | undefined
  index: number
}

const shapeOf = (token: TokenType): Shape | undefined => {
  if (token === TokenType.LEFT_BRACKET) return 'list'
  return token === TokenType.LEFT_BRACE ? 'object' : undefined
}

const join = (way: string, step: string): string => (way === '' ? step : `${way}.${step}`)

const closes = new Set<TokenType>([TokenType.RIGHT_BRACE, TokenType.RIGHT_BRACKET])

/** More lists than this are not told apart; no report has as many runs. */
const maxSeen = 10_000

/**
 * Watches the containers that a report stands on: an empty list is not the same as no list, and a word where a list belongs
 * is not an empty one.
 */
export class JsonShapes {
  /** The paths of the wanted containers that are there: `runs/0/results`; the root is the empty text. */
  readonly seen = new Set<string>()
  readonly #wanted: ReadonlyMap<string, Shape>
  readonly #depth: number
  readonly #open: Level[] = []
  /** Containers that are open below the depth that is watched. */
  #below = 0

  /** @param wanted by the way to the container, with `*` for every index: `runs.*.results` */
  constructor(wanted: Readonly<Record<string, Shape>>) {
    this.#wanted = new Map(Object.entries(wanted))
    this.#depth = Math.max(...[...this.#wanted.keys()].map((way) => (way === '' ? 0 : way.split('.').length)))
  }

  /** Takes the next token. Returns the way to a value that is not what it has to be. */
  see(token: TokenType, value: unknown): string | undefined {
    const level = this.#open.at(-1)
    if (this.#below > 0) {
      if (closes.has(token)) this.#below--
      else if (shapeOf(token) !== undefined) this.#below++
      return undefined
    }
    if (closes.has(token)) {
      this.#open.pop()
      return undefined
    }
    if (token === TokenType.COMMA && level !== undefined) {
      level.key = undefined
      level.index++
      return undefined
    }
    if (token === TokenType.COLON || token === TokenType.COMMA || token === TokenType.SEPARATOR) return undefined
    if (level !== undefined && !level.list && level.key === undefined) {
      level.key = String(value)
      return undefined
    }
    return this.#begin(level, token)
  }

  #begin(level: Level | undefined, token: TokenType): string | undefined {
    const shape = shapeOf(token)
    if (this.#open.length > this.#depth) {
      if (shape !== undefined) this.#below++
      return undefined
    }
    const step = level === undefined ? '' : level.list ? String(level.index) : (level.key ?? '')
    const pattern = level === undefined ? '' : join(level.pattern, level.list ? '*' : step)
    const path = level === undefined ? '' : join(level.path, step)
    const wanted = this.#wanted.get(pattern)
    if (shape !== undefined) this.#open.push({ list: shape === 'list', pattern, path, key: undefined, index: 0 })
    if (wanted === undefined || token === TokenType.NULL) return undefined
    if (wanted !== shape) return path
    if (this.seen.size < maxSeen) this.seen.add(path)
    return undefined
  }
}
