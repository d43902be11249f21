import { describe, expect, test } from 'vitest'
import type { EvidenceFormat } from '../../../src/collect/evidence/format.ts'
import { evidenceLaw } from '../../../src/collect/evidence/index.ts'
import { lengthsThatMatter, formatNamed, formatOf as formatIn } from './formats.ts'
import { fixture, inPieces, of, parse, refusal, taken } from './fixtures.ts'

const formatOf = (text: string): EvidenceFormat => formatIn(text, 'load')
const read = (path: string) => taken(formatOf(fixture(path)), fixture(path))

const files = [
  'apache-bench/ab.txt',
  'apache-bench/ab-404.txt',
  'artillery/artillery.json',
  'hey/hey.txt',
  'hey/hey-orders.txt',
  'hey/hey-errors.txt',
  'hey/hey.csv',
  'jmeter-csv/till.jtl',
  'jmeter-xml/till.jtl',
  'k6-json/k6.json',
  'k6-summary/k6-export.json',
  'k6-summary/k6-handle-summary.json',
  'k6-summary/k6-machine.json',
  'locust/locust_stats.csv',
  'locust/locust_stats_history.csv',
  'oha/oha.json',
  'vegeta/results.json',
  'vegeta/vegeta.json',
  'vegeta/vegeta.txt',
  'wrk/wrk.txt',
]

describe('what each tool tells', () => {
  test.each([
    [
      'apache-bench/ab.txt',
      {
        tool: 'ab',
        version: '2.3',
        requests: 2000,
        errorRate: 0,
        throughput: 572.42,
        users: 10,
        seconds: 3.494,
        p50: 12,
        p90: 35,
        p95: 59,
        p99: 116,
      },
    ],
    ['apache-bench/ab-404.txt', { requests: 50, errorRate: 100, users: 2 }],
    [
      'artillery/artillery.json',
      {
        tool: 'artillery',
        requests: 100,
        errorRate: 0,
        seconds: 4.972,
        p50: 22,
        p90: 53,
        p95: 67.4,
        p99: 106.7,
        startedAt: '2026-11-21T04:10:44.852Z',
      },
    ],
    [
      'hey/hey.txt',
      {
        tool: 'hey',
        requests: 2625,
        errorRate: 0,
        throughput: 653.885,
        seconds: 4.014,
        p50: 12.5,
        p90: 25,
        p95: 42,
        p99: 80.4,
      },
    ],
    ['hey/hey-orders.txt', { requests: 200, errorRate: 1, p95: 66.9 }],
    ['hey/hey-errors.txt', { requests: 60, errorRate: 100 }],
    ['hey/hey.csv', { tool: 'hey', requests: 300, errorRate: 0, endpoints: 0 }],
    [
      'jmeter-csv/till.jtl',
      {
        tool: 'jmeter',
        requests: 100,
        errorRate: 0,
        users: 5,
        endpoints: 2,
        seconds: 0.799,
        startedAt: '2026-11-21T04:12:28.862Z',
      },
    ],
    [
      'jmeter-xml/till.jtl',
      { tool: 'jmeter', requests: 100, errorRate: 0, users: 5, endpoints: 2, startedAt: '2026-11-21T04:12:35.208Z' },
    ],
    [
      'k6-json/k6.json',
      { tool: 'k6', requests: 53, errorRate: 5.6604, endpoints: 2, startedAt: '2026-11-21T04:07:48.564Z' },
    ],
    [
      'k6-summary/k6-export.json',
      {
        tool: 'k6',
        requests: 2894,
        errorRate: 0.4492,
        throughput: 478.151,
        users: 10,
        seconds: 6.052,
        p50: 17.869,
        p90: 38.512,
        p95: 41.205,
      },
    ],
    [
      'k6-summary/k6-handle-summary.json',
      { requests: 2648, errorRate: 0.6798, throughput: 438.656, users: 10, seconds: 6.037, p95: 45.153 },
    ],
    [
      'k6-summary/k6-machine.json',
      {
        version: '1.8.1',
        requests: 2724,
        errorRate: 0.5874,
        throughput: 450.447,
        users: 10,
        seconds: 6.047,
        p95: 41.645,
        startedAt: '2026-11-21T04:08:50.701Z',
      },
    ],
    [
      'locust/locust_stats.csv',
      {
        tool: 'locust',
        requests: 824,
        errorRate: 0,
        throughput: 164.951,
        p50: 18,
        p90: 46,
        p95: 77,
        p99: 120,
        timeline: false,
      },
    ],
    [
      'locust/locust_stats_history.csv',
      { tool: 'locust', requests: 824, users: 10, seconds: 6, startedAt: '2026-11-21T04:09:04.000Z', timeline: true },
    ],
    [
      'oha/oha.json',
      {
        tool: 'oha',
        requests: 1962,
        errorRate: 0.6116,
        throughput: 652.4,
        seconds: 3.004,
        p50: 12.5,
        p95: 30.2,
        p99: 44.8,
      },
    ],
    [
      'vegeta/results.json',
      { tool: 'vegeta', requests: 40, errorRate: 2.5, endpoints: 2, startedAt: '2026-11-21T04:10:00.120Z' },
    ],
    [
      'vegeta/vegeta.json',
      {
        tool: 'vegeta',
        requests: 200,
        errorRate: 1,
        throughput: 19.877,
        seconds: 9.95,
        p50: 11.2,
        p90: 18.4,
        p95: 20.1,
        p99: 31.7,
      },
    ],
    [
      'vegeta/vegeta.txt',
      {
        tool: 'vegeta',
        requests: 200,
        errorRate: 1,
        throughput: 19.88,
        seconds: 9.95,
        p50: 11.2,
        p90: 18.4,
        p95: 20.1,
        p99: 31.7,
      },
    ],
    [
      'wrk/wrk.txt',
      {
        tool: 'wrk',
        requests: 2145,
        errorRate: 0,
        throughput: 692.61,
        users: 10,
        seconds: 3.1,
        p50: 13.2,
        p90: 40.21,
        p99: 104.71,
      },
    ],
  ])('%s', async (path, wanted) => {
    const evidence = await read(path)
    const [run] = of(evidence, 'load.run')
    expect(run?.value).toMatchObject(wanted)
    expect(evidence.createdAt).toBe(run?.value.startedAt)
  })

  test.each([
    ['jmeter-csv/till.jtl', ['Products unknown 50', 'POST order, till write 50']],
    ['jmeter-xml/till.jtl', ['Products unknown 50', 'POST order, till write 50']],
    ['k6-json/k6.json', ['GET products read 29', 'POST orders write 24']],
    ['k6-summary/k6-export.json', ['method POST write', 'products unknown', 'method GET read']],
    ['locust/locust_stats.csv', ['POST /api/orders write 199', 'GET /api/products read 625']],
    ['artillery/artillery.json', ['/api/products unknown 50', '/api/orders unknown 50']],
    ['vegeta/results.json', ['POST /api/orders write 10', 'GET /api/products read 30']],
    ['hey/hey.txt', ['all requests unknown 2625']],
  ])('%s tells requests apart', async (path, wanted) => {
    const told = of(await read(path), 'load.endpoint').map(({ value }) => [value.name, value.access, value.requests])
    expect(told.map((parts) => parts.filter((part) => part !== undefined).join(' '))).toEqual(wanted)
  })

  test('thresholds mean the same in both shapes of k6', async () => {
    for (const path of ['k6-summary/k6-export.json', 'k6-summary/k6-handle-summary.json']) {
      const thresholds = of(await read(path), 'load.threshold').map(({ value }) => value)
      expect(thresholds).toHaveLength(5)
      expect(thresholds.filter(({ met }) => !met)).toEqual([
        { tool: 'k6', metric: 'http_req_duration{method:POST}', condition: 'p(95)<25', met: false },
      ])
    }
  })

  test("k6's own requests that no tag tells apart are not left out", async () => {
    const only = JSON.stringify({
      metrics: {
        http_reqs: { count: 10, rate: 1 },
        http_req_duration: { 'p(95)': 300 },
        'http_req_duration{method:POST}': { 'p(95)': 90 },
      },
    })
    const told = of(await taken(formatOf(only), only), 'load.endpoint').map(
      ({ value }) => `${value.name} ${value.access}`,
    )
    expect(told).toEqual(['method POST write', 'all requests unknown'])
  })

  test('the samples of a transaction are counted once, and those inside a page not at all', async () => {
    const sample = (label: string, inner = ''): string =>
      `<httpSample t="10" ts="1795234355048" s="true" lb="${label}" rc="200" na="1"><method>POST</method>${inner}</httpSample>`
    const text = `<testResults><sample t="30" ts="1795234355048" s="true" lb="Buy" rc="200" na="1">${sample('a', sample('picture'))}${sample('b')}</sample>${sample('c')}</testResults>`
    const evidence = await taken(formatOf(text), text)
    expect(of(evidence, 'load.endpoint').map(({ value }) => [value.name, value.method, value.requests])).toEqual([
      ['POST a', 'POST', 1],
      ['POST b', 'POST', 1],
      ['POST c', 'POST', 1],
    ])
  })

  test("ab's answers of another length are no failures", async () => {
    const text = fixture('apache-bench/ab.txt').replace(
      'Failed requests:        0',
      'Failed requests:        500\n   (Connect: 0, Receive: 2, Length: 496, Exceptions: 2)',
    )
    expect(of(await taken(formatOf(text), text), 'load.run')[0]?.value.errorRate).toBe(0.2)
  })
})

describe('however the text comes', () => {
  test.each(files)('%s', async (path) => {
    const text = fixture(path)
    const format = formatOf(text)
    expect(await lengthsThatMatter(format, text, [1, 7, 64, 1013])).toEqual([])
    expect(await parse(format, text.replaceAll('\n', '\r\n'))).toEqual(await parse(format, text))
  })
})

describe('what is refused', () => {
  // These may end after any line: what was written until then is whole, as a run that was stopped leaves it.
  const mayEnd = new Set([
    'hey/hey.csv',
    'k6-json/k6.json',
    'jmeter-csv/till.jtl',
    'vegeta/results.json',
    'locust/locust_stats_history.csv',
  ])
  // What these print last is not read.
  const asides = new Set([
    'apache-bench/ab.txt',
    'hey/hey-errors.txt',
    'vegeta/vegeta.txt',
    'vegeta/vegeta.json',
    'wrk/wrk.txt',
  ])

  test.each(files.filter((path) => !mayEnd.has(path)))('%s cut off', async (path) => {
    const text = fixture(path).trimEnd()
    const format = formatOf(text)
    const [upTo, code] =
      asides.has(path) && !path.endsWith('.json')
        ? [17, /truncated|empty|number/]
        : [20, /truncated|empty|schema|number/]
    for (let share = 1; share < upTo; share++) {
      const cut = await parse(format, text.slice(0, Math.floor((text.length * share) / 20)))
      expect(`${share} ${'refused' in cut ? cut.refused.code : 'taken'}`).toMatch(code)
    }
  })

  test.each([...mayEnd])('%s cut off inside a line', async (path) => {
    const text = fixture(path)
    const format = formatOf(text)
    const cut = text.slice(0, text.lastIndexOf(',', Math.floor(text.length / 2)))
    expect(refusal(await parse(format, cut))).toMatchObject({ code: 'truncated', line: cut.split('\n').length })
  })

  test.each([
    [
      'k6-json',
      '{"type":"Metric","data":{},"metric":"x"}\n{"metric":"http_req_duration","type":"Point","data":{"value":',
      '}}\n',
    ],
    ['vegeta-results', '{"attack":"","code":200,"timestamp":"2026-11-21T04:10:00Z","latency":', '}\n'],
    ['vegeta-json', '{"latencies":{"95th":', '},"requests":10,"success":1}'],
    [
      'k6-summary',
      '{"root_group":{},"metrics":{"http_reqs":{"count":10,"rate":1},"http_req_duration":{"p(95)":',
      '}}}',
    ],
    ['k6-summary', '{"root_group":{},"metrics":{"http_reqs":{"count":', ',"rate":1}}}'],
    ['artillery', '{"aggregate":{"counters":{"http.requests":10},"summaries":{"http.response_time":{"p95":', '}}}}'],
    ['artillery', '{"aggregate":{"counters":{"http.requests":', '}}}'],
    [
      'oha',
      '{"summary":{"total":1,"requestsPerSec":',
      '},"latencyPercentiles":{"p95":1},"statusCodeDistribution":{"200":3}}',
    ],
    ['jmeter-csv', 'timeStamp,elapsed,label,success\n1795234348863,', ',Products,true\n'],
    ['jmeter-xml', '<testResults><httpSample ts="1795234348863" s="true" lb="x" t="', '"/></testResults>'],
    ['hey-csv', 'response-time,DNS+dialup,DNS,status-code,offset\n', ',0,0,200,0.1\n'],
    ['locust-stats', 'Type,Name,Request Count,Failure Count,Requests/s,95%\n,Aggregated,10,0,1,', '\n'],
    ['locust-history', 'Timestamp,User Count,Type,Name,95%,Total Request Count\n', ',5,,Aggregated,1,10\n'],
    [
      'hey',
      '\nSummary:\n  Total:\t1 secs\n  Requests/sec:\t10\n\n  95% in ',
      ' secs\n\nStatus code distribution:\n  [200]\t10 responses\n',
    ],
  ])('%s with numbers that are none', async (name, before, after) => {
    const format = formatNamed(name)
    for (const number of ['NaN', 'Infinity', '-1', '1e309', '"12ms"', 'null,,', '0x10', '12,5x']) {
      const parsed = await parse(format, `${before}${number}${after}`)
      expect(`${number} ${'refused' in parsed ? 'refused' : JSON.stringify(parsed.facts)}`).toBe(`${number} refused`)
    }
    expect('facts' in (await parse(format, `${before}12${after}`))).toBe(true)
  })

  test.each([
    ['k6-summary', '{"root_group":{},"metrics":{"http_reqs":{"count":0,"rate":0}}}'],
    ['k6-summary', '{"root_group":{},"metrics":{}}'],
    ['k6-json', '{"type":"Metric","data":{},"metric":"http_reqs"}\n'],
    ['jmeter-csv', 'timeStamp,elapsed,label\n'],
    ['jmeter-xml', '<testResults version="1.2"></testResults>'],
    ['artillery', '{"aggregate":{"counters":{"vusers.created":3}}}'],
    ['vegeta-json', '{"latencies":{},"requests":0,"success":0}'],
    ['locust-stats', 'Type,Name,Request Count,Failure Count\n,Aggregated,0,0\n'],
    ['hey', '\nSummary:\n  Total:\t0 secs\n  Requests/sec:\t0\nStatus code distribution:\n'],
  ])('%s that sent nothing', async (name, text) => {
    const format = formatNamed(name)
    expect(refusal(await parse(format, text)).code).toBe('empty')
  })

  test('more failures than requests', async () => {
    const text = 'Type,Name,Request Count,Failure Count\n,Aggregated,10,11\n'
    expect(refusal(await parse(formatOf(text), text)).code).toBe('number')
  })

  test('entities, deep nesting and endless lines', async () => {
    const xml = '<!DOCTYPE testResults [<!ENTITY a "b">]><testResults><httpSample lb="&a;"/></testResults>'
    expect(refusal(await parse(formatNamed('jmeter-xml'), xml)).code).toBe('entities')
    expect(refusal(await parse(formatNamed('jmeter-xml'), '<testResults>'.repeat(200))).code).toBe('too-deep')
    expect(refusal(await parse(formatNamed('k6-summary'), `{"metrics":${'['.repeat(200)}`)).code).toBe('too-deep')
    expect(refusal(await parse(formatNamed('artillery'), `{"aggregate":${'['.repeat(200)}`)).code).toBe('too-deep')
    for (const name of ['k6-json', 'jmeter-csv'])
      expect(refusal(await formatNamed(name).parse(inPieces('"'.padEnd(4_100_000, 'x'), 65_536)))).toMatchObject({
        code: 'too-large',
        line: 1,
      })
  })
})

test('endpoints are bounded, and the total is not', async () => {
  const lines = Array.from({ length: 5000 }, (_, index) => `1795234348863,10,page ${index},true\n`)
  const text = `timeStamp,elapsed,label,success\n${lines.join('')}`
  const evidence = await taken(formatOf(text), text)
  expect(of(evidence, 'load.endpoint')).toHaveLength(200)
  expect(of(evidence, 'load.run')[0]?.value.requests).toBe(5000)
})

describe('all files together', () => {
  const total = (facts: Parameters<(typeof evidenceLaw.summaries)[number]>[0]) =>
    evidenceLaw.summaries.flatMap((summary) => summary(facts, {})).find(({ kind }) => kind === 'load.total')?.value

  test('the worst counts', async () => {
    const facts = [...(await read('hey/hey.txt')).facts, ...(await read('hey/hey-orders.txt')).facts]
    expect(total(facts)).toMatchObject({
      files: 2,
      requests: 2825,
      errorRate: 0.0708,
      throughput: 132.345,
      p95: 66.9,
      seconds: 4.014,
    })
  })

  test('what one file does not tell is not known of all', async () => {
    const facts = [...(await read('hey/hey.txt')).facts, ...(await read('wrk/wrk.txt')).facts]
    expect(total(facts)).not.toHaveProperty('p95')
  })

  test("locust's course adds users and times to its results, and no requests", async () => {
    const at = (path: string, { facts }: Awaited<ReturnType<typeof read>>) =>
      facts.map((fact) => ({ ...fact, place: { ...fact.place, path } }))
    const stats = at('till_stats.csv', await read('locust/locust_stats.csv'))
    const history = at('till_stats_history.csv', await read('locust/locust_stats_history.csv'))
    expect(total([...stats, ...history])).toMatchObject({
      files: 1,
      requests: 824,
      users: 10,
      seconds: 6,
      throughput: 164.951,
    })
    expect(total(history)).toMatchObject({ files: 1, requests: 824, p95: 77 })
  })
})
