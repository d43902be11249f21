import type { UnknownGroup } from '../outline.ts'
import { count } from '../words.ts'
import { Markup, markup, nothing } from './markup.ts'
import { folded, ruleName, said } from './words.ts'

/** Rules that could not be judged: a line a reason, with its rules to unfold. */
export const unjudged = (title: string, groups: readonly UnknownGroup[]): Markup =>
  groups.length === 0
    ? nothing
    : markup`<h3>${title}</h3><ul class="groups">${groups.map(
        ({ reason, results }) =>
          markup`<li>${folded(
            markup`<strong>${count(results.length, 'rule')}</strong> <span class="text">${reason}</span>`,
            markup`<ul class="references">${results.map(({ rule, title: name, blocking }) => markup`<li>${said(name)} ${ruleName(rule)}${blocking && markup` <span class="mark high">blocking</span>`}</li>`)}</ul>`,
          )}</li>`,
      )}</ul>`
