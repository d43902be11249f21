import { resolve } from './interpolation.ts'
import { upperName } from './credential-names.ts'
import type { Word } from './command-line.ts'

/** A setting whose meaning for production is known. */
export interface Setting {
  name: string
  value: string
  about: 'mode' | 'authentication'
  computed: boolean
  unsafe: boolean
}

const modes = new Set(
  'NODE_ENV RAILS_ENV RACK_ENV APP_ENV FLASK_ENV DJANGO_ENV MIX_ENV ASPNETCORE_ENVIRONMENT DOTNET_ENVIRONMENT SPRING_PROFILES_ACTIVE QUARKUS_PROFILE MICRONAUT_ENVIRONMENTS GIN_MODE GO_ENV ENV ENVIRONMENT SYMFONY_ENV'.split(
    ' ',
  ),
)
const developmentValues = new Set(['dev', 'develop', 'development', 'local', 'debug', 'test', 'testing'])
const debugSwitches = new Set(['DEBUG', 'APP_DEBUG', 'FLASK_DEBUG', 'DJANGO_DEBUG'])

const on = (value: string): boolean => /^(1|true|yes|on)$/i.test(value)
const off = (value: string): boolean => /^(0|false|no|off)$/i.test(value)

/** Whether a value switches the check of who asks off, by the variable's name. */
const authentication: Record<string, (value: string) => boolean> = {
  POSTGRES_HOST_AUTH_METHOD: (value) => value.toLowerCase() === 'trust',
  MYSQL_ALLOW_EMPTY_PASSWORD: (value) => value !== '' && !off(value),
  MARIADB_ALLOW_EMPTY_ROOT_PASSWORD: (value) => value !== '' && !off(value),
  MARIADB_ALLOW_EMPTY_PASSWORD: (value) => value !== '' && !off(value),
  ALLOW_EMPTY_PASSWORD: on,
  ALLOW_ANONYMOUS_LOGIN: on,
  XPACK_SECURITY_ENABLED: off,
  PLUGINS_SECURITY_DISABLED: on,
  DISABLE_SECURITY_PLUGIN: on,
  DISABLE_SECURITY_DASHBOARDS_PLUGIN: on,
  NEO4J_AUTH: (value) => value.toLowerCase() === 'none',
  ME_CONFIG_BASICAUTH: off,
  INFLUXDB_HTTP_AUTH_ENABLED: off,
  AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED: on,
  GF_AUTH_ANONYMOUS_ORG_ROLE: (value) => value.toLowerCase() === 'admin',
}

const saysDevelopment = (value: string): boolean =>
  value
    .toLowerCase()
    .split(/[\s,]+/)
    .some((word) => developmentValues.has(word))

/** The setting that a variable of the environment is, or undefined for most. */
export const settingOf = (name: string, written: string): Setting | undefined => {
  const upper = upperName(name)
  const isMode = modes.has(upper)
  const isSwitch = debugSwitches.has(upper)
  const isOff = Object.hasOwn(authentication, upper) ? authentication[upper] : undefined
  if (!isMode && !isSwitch && isOff === undefined) return undefined
  const { text, computed } = resolve(written)
  const value = text.trim()
  if (isOff !== undefined)
    // NEO4J_AUTH holds a password where it is not `none`.
    return { name, value: isOff(value) ? value : '', about: 'authentication', computed, unsafe: isOff(value) }
  const unsafe = isMode ? saysDevelopment(value) : on(value)
  return { name, value: unsafe ? value : '', about: 'mode', computed, unsafe }
}

const developmentWords = new Set(['start-dev', 'nodemon', 'ts-node-dev', 'runserver', 'quarkus:dev', 'quarkusDev'])
const runners = new Set(['npm', 'yarn', 'pnpm', 'bun', 'next', 'nuxt', 'astro', 'npx', 'vite', 'gatsby', 'turbo'])
const reloaders = new Set(['uvicorn', 'gunicorn', 'hypercorn', 'fastapi', 'flask', 'sanic'])

/** What in a command says that it is for development, or switches authentication off. */
export const commandSettings = (words: readonly Word[]): (Setting & { index: number | undefined })[] => {
  const found: (Setting & { index: number | undefined })[] = []
  const texts = words.map(({ text }) => text.slice(text.lastIndexOf('/') + 1))
  const runs = (programs: ReadonlySet<string>): boolean => texts.some((text) => programs.has(text))
  const add = (about: Setting['about'], value: string, index: number | undefined): void => {
    found.push({ name: 'command', value, about, computed: false, unsafe: true, index })
  }
  for (const [at, text] of texts.entries()) {
    const index = words[at]?.index
    if (developmentWords.has(text) || (/^(dev|develop|start:dev|dev:.*)$/.test(text) && runs(runners)))
      add('mode', text, index)
    else if ((text === '--reload' || text === '--debug') && runs(reloaders)) add('mode', text, index)
    else if (text === '--noauth' || text === '--api.insecure=true' || text === '--api.insecure')
      add('authentication', text, index)
    else if (text === '--protected-mode' && texts[at + 1] === 'no') add('authentication', '--protected-mode no', index)
  }
  return found
}
