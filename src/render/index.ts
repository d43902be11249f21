import { html } from './html/html.ts'
import { human } from './human.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import type { Renderer } from './renderer.ts'
import { sarif } from './sarif.ts'

/** Every form that a report can take, by the name that `--format` gives it. */
export const formats = { human, json, markdown, html, sarif, junit } as const satisfies Record<string, Renderer>
export type Format = keyof typeof formats

export const isFormat = (name: string): name is Format => Object.hasOwn(formats, name)
