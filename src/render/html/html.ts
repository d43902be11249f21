import { sha256Base64 } from '../../core/fingerprint.ts'
import { outlineOf } from '../outline.ts'
import type { Renderer } from '../renderer.ts'
import { count } from '../words.ts'
import { anchorsOf, blockerSection } from './blockers.ts'
import { chartParts } from './charts.ts'
import { evidenceSection } from './evidence.ts'
import { Markup, markup } from './markup.ts'
import { planSection } from './plan.ts'
import { restSection } from './rest.ts'
import { riskSection } from './risks.ts'
import { scoreSection } from './scores.ts'
import { sectionMarkup, type Section } from './section.ts'
import { styleSheet } from './style.ts'
import { decisionWords, subjectOf, verdict } from './verdict.ts'

/**
 * The report as one HTML file for people: no script, no network, light and dark, for the screen and for paper. The content
 * security policy allows the one style sheet in it and nothing else; all text from the repository is escaped.
 */
export const html: Renderer = (report, options = {}) => {
  const outline = outlineOf(report)
  const anchors = anchorsOf(outline)
  const all: (Section | undefined)[] = [
    planSection(report, outline, anchors),
    scoreSection(report),
    blockerSection(report, outline, anchors, options),
    ...(report.results.length === 0
      ? []
      : [riskSection(report, outline, options), evidenceSection(report), restSection(report, outline, options)]),
  ]
  const sections = all.filter((section) => section !== undefined)
  const { decision, environment, files, tool } = report
  const subject = subjectOf(report)
  const ignored = files.ignored === 0 ? '' : `, ${files.ignored} ignored`
  const policy = `default-src 'none'; style-src 'sha256-${sha256Base64(styleSheet)}'; base-uri 'none'; form-action 'none'`
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${decisionWords[decision]} for ${environment}${subject !== '' && `: ${subject}`}</title>
<style>${new Markup(styleSheet)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the verdict</a>
${chartParts}
<header class="page"><p class="brand">Prodgate <span>production readiness</span></p>${subject !== '' && markup`<p class="subject"><code>${subject}</code></p>`}</header>
<main id="main">
${verdict(report, outline, options)}
${sections.length > 0 && markup`<nav aria-label="Sections"><ul>${sections.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`}
${sections.map((section) => markup`${sectionMarkup(section)}\n`)}</main>
<footer class="page"><p>${count(files.found, 'file')} found, ${files.judged} read${ignored}. Judged by prodgate ${tool.version}.</p></footer>
</body>
</html>
`.source
}
