import type { Report } from '../../core/report.ts'
import type { Outline } from '../outline.ts'
import type { RenderOptions } from '../renderer.ts'
import { count, duration, range } from '../words.ts'
import { ring, scoreBar, sign } from './charts.ts'
import { Markup, markup, nothing } from './markup.ts'

export const decisionWords = { go: 'Go', conditional: 'Conditional', 'no-go': 'No-go' } as const

/** `acme/shop@0123456789ab services/api`, as far as it is known. */
export const subjectOf = ({ subject: { repository, sha, directory } }: Report): string =>
  [repository ?? '', sha === null ? '' : `@${sha.slice(0, 12)}`, directory === '.' ? '' : ` ${directory}`]
    .join('')
    .trim()

const scoreTile = ({ score }: Report): Markup => {
  if (score.minimum === null) return nothing
  const { low, high, minimum } = score
  return markup`<div class="tile"><h2>Score</h2><p class="figure">${range(low, high)} <small>of 100</small></p>${scoreBar({ name: 'Score', low, high, minimum })}<p class="note">${
    low >= minimum ? `The minimum of ${minimum} is met.` : `The minimum is ${minimum}, held against ${low}.`
  }</p></div>`
}

const confidenceTile = ({ score }: Report): Markup =>
  score.minimum === null
    ? nothing
    : markup`<div class="tile beside"><div><h2>Confidence</h2><p class="figure">${score.confidence} <small>%</small></p><p class="note">of the weight was judged; the rest is unknown.</p></div>${ring('Confidence', score.confidence)}</div>`

const wayTile = ({ decision }: Report, { way, later }: Outline): Markup => {
  const steps = later.reduce((sum, part) => sum + part.steps.length, 0)
  if (decision === 'go' || way.steps.length === 0)
    return steps === 0
      ? nothing
      : markup`<div class="tile"><h2>After the deploy</h2><p class="figure">${steps} <small>${steps === 1 ? 'repair' : 'repairs'}</small></p><p class="note">for the first week and the first month; none holds this deployment.</p></div>`
  return markup`<div class="tile"><h2>The shortest way to go</h2><p class="figure">${way.steps.length} <small>${way.steps.length === 1 ? 'repair' : 'repairs'}</small></p><p class="note">about ${duration(way.minutes)} of work, +${way.points} points. <a href="#way">See them</a></p></div>`
}

const summaryOf = ({ decision, environment }: Report, { blockers, known, unknowns, risks }: Outline): string => {
  const blocked = unknowns.flatMap(({ results }) => results.filter(({ blocking }) => blocking)).length
  const parts = [
    blockers.length === 0
      ? ''
      : `${count(blockers.length, 'blocking rule')} ${blockers.length === 1 ? 'fails' : 'fail'}`,
    blocked === 0 ? '' : `${count(blocked, 'blocking rule')} could not be judged`,
    known.length === 0
      ? ''
      : `${count(known.length, 'rule')} ${known.length === 1 ? 'fails' : 'fail'} as the base does`,
  ].filter((part) => part !== '')
  const said = parts.length === 0 ? '' : ` ${parts.join(', and ')}.`
  const held = {
    go: `Nothing stands in the way of a deployment to ${environment}.`,
    conditional: `A deployment to ${environment} depends on the conditions below.`,
    'no-go': `This is not ready for ${environment}.`,
  }[decision]
  return `${held}${said}${risks.observed ? ' The environment is only observed: nothing is held back.' : ''}`
}

/** The verdict, why, and the three figures: score, confidence, and what it takes. */
export const verdict = (report: Report, outline: Outline, { notes = [] }: RenderOptions): Markup => {
  const { decision, environment, reasons } = report
  return markup`<section class="verdict ${decision}" aria-labelledby="verdict"><div class="headline">${sign(decision)}<h1 id="verdict">${decisionWords[decision]} <span>for ${environment}</span></h1></div><p class="lead">${summaryOf(report, outline)}</p>${
    reasons.length > 0 &&
    markup`<ul class="reasons">${reasons.map(({ code, message }) => markup`<li>${message} <code class="code">${code}</code></li>`)}</ul>`
  }${notes.map((note) => markup`<p class="note">${note}</p>`)}</section><div class="tiles">${scoreTile(report)}${confidenceTile(report)}${wayTile(report, outline)}</div>`
}
