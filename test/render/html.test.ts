import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { html } from '../../src/render/html/html.ts'
import { plain } from '../../src/render/plain-text.ts'
import { said } from '../../src/render/html/words.ts'
import { attackReport, attacks } from './html-samples.ts'
import { finding, report, result } from '../sample-report.ts'

const text = (source: string): string =>
  source
    .replace(/<style>.*<\/style>/s, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')

const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }
const unescape = (source: string): string => source.replaceAll(/&[#\w]+;/g, (found) => entities[found] ?? found)

describe('the page', () => {
  test('says the verdict first, then why, the way, the scores, the blockers, the risks and the evidence', () => {
    const page = html(report([result(), result({ rule: 'tests/a', status: 'pass' })]))
    const order = [
      'No-go <span>for production</span>',
      '1 blocking rule fails: kubernetes/readiness-probe',
      '41–77',
      'id="way"',
      'id="scores"',
      'id="blockers"',
      'k8s/api.yaml:14',
      'Add a <code>readinessProbe</code> that fails until the process can serve.',
      'A pod gets requests before it can answer them.',
      'id="risks"',
      'id="evidence"',
      'out/junit.xml',
      'id="rest"',
    ]
    const whole = page.replaceAll('<wbr>', '')
    const places = order.map((part) => whole.indexOf(part))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(text(page)).toContain('64 % of the weight was judged')
    expect(text(page)).toContain('Before the deploy: 1 repair, +13 points, about 15 min')
  })

  test('is the same byte for byte, and asks for nothing', () => {
    const page = html(report([result()]))
    expect(html(report([result()]))).toBe(page)
    expect(page).not.toMatch(/<script|<link|<img|url\((?!#)|@import|src=/)
  })

  test('allows its own style sheet by its hash and nothing else', () => {
    const page = html(report([result()]))
    const style = /<style>([^<]*)<\/style>/.exec(page)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(page).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    )
    expect(page).not.toMatch(/ style=/)
  })

  test('has its headings in order and every link leads somewhere', () => {
    const page = html(report([result(), result({ rule: 'kubernetes/b', severity: 'medium', blocking: false })]))
    const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level))
    expect(levels[0]).toBe(1)
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1)
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target)
  })

  test.each(attacks)('shows %j as text', (attack) => {
    const page = html(attackReport(attack), { all: true })
    expect(page).not.toMatch(/<(?:script|iframe|img)/i)
    for (const mark of ['\u202E', '\u2066', '\u001B', '\0']) expect(page).not.toContain(mark)
    // What is left without our own tags is what the reader sees: the attack, word for word.
    expect(unescape(text(page))).toContain(plain(attack))
  })

  test('a report with a hundred thousand findings stays a page that opens', () => {
    const findings = Array.from({ length: 100_000 }, (_, line) => finding({ line: line + 1 }))
    const page = html(report([result({ findings })]))
    expect(page.length).toBeLessThan(200_000)
    expect(page).toContain('… and 99800 more in the JSON report.')
    expect(html(report([result({ findings: findings.slice(0, 300) })]), { all: true })).toContain(
      'k8s/<wbr>api.yaml:300<',
    )
  })

  test('rules that block because evidence is missing stand with the blockers, the others with the risks', () => {
    const page = html(
      report([
        result({ rule: 'tests/ran', status: 'unknown', reason: 'no tests evidence was found' }),
        result({ rule: 'load/ran', status: 'unknown', blocking: false, reason: 'no load evidence was found' }),
      ]),
    )
    expect(text(page)).toContain('1 blocking rule could not be judged.')
    const part = (id: string): string => page.split(`<section id="${id}"`)[1]?.split('</section>')[0] ?? ''
    expect(part('blockers')).toContain('Blockers: 1 rule')
    expect(part('blockers')).toContain('no tests evidence was found')
    expect(part('blockers')).not.toContain('no load evidence was found')
    expect(part('risks')).toContain('no load evidence was found')
  })

  test('links places only to an address that is given, with https', () => {
    const one = report([result({ findings: [finding({ path: 'k8s/a "1".yaml' })] })])
    expect(html(one)).not.toMatch(/<a [^>]*><code class="place">/)
    expect(html(one, { blobUrl: 'javascript:alert(1)' })).not.toContain('javascript')
    expect(html(one, { blobUrl: 'https://github.com/acme/shop/blob/0' })).toContain(
      'href="https://github.com/acme/shop/blob/0/k8s/a%20%221%22.yaml#L14"',
    )
  })

  test.each(['policy-invalid', 'environment-unknown'] as const)('a question that could not be put: %s', (code) => {
    const page = html(
      report([], {
        reasons: [{ code, message: 'line 3' }],
        plan: [],
        evidence: [],
        score: { low: 0, high: 100, minimum: null, confidence: 0, categories: [] },
      }),
    )
    expect(text(page)).toContain('line 3')
    expect(page).not.toContain('class="tile"')
  })
})

test.each([
  ['use `a` and `b`.', 'use <code>a</code> and <code>b</code>.'],
  ['one ` alone', 'one ` alone'],
  ['`<b>` first', '<code>&lt;b&gt;</code> first'],
])('said(%j)', (given, expected) => {
  expect(said(given).source).toBe(expected)
})
