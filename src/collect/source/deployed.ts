import type { Place } from '../../core/facts/place.ts'

/** A path that a deployment file asks of a container. */
export interface Asked {
  probe: 'liveness' | 'readiness' | 'startup' | 'healthcheck'
  path: string
  place: Place
}

/** A variable that a deployment file sets. */
export interface SetVariable {
  name: string
  /** Undefined where it comes from a secret, a config map or outside. */
  value: string | undefined
  place: Place
}

/** One container of a deployment file. */
export interface Deployed {
  by: 'kubernetes' | 'compose'
  subject: string
  path: string
  place: Place
  image: string | undefined
  /** The context and the Dockerfile, from the root of the repository; of compose alone. */
  build: { context: string; dockerfile: string } | undefined
  /** Its image cannot be told: a part of it is a variable. */
  computed: boolean
  /** Names under which others reach it. */
  names: string[]
  asked: Asked[]
  variables: SetVariable[]
  /** Some variables come from a file or an object as a whole. */
  openEnvironment: boolean
  /** Everything else that the file says of the container, in which variables may be used. */
  rest: string
  scrape: { path: string; place: Place } | undefined
}
