import type { EvidenceGenerator } from './generator.ts'

/** Large files of load test results, made as their tools write them, in pieces of about 64 kB. */
const size = 100_000_000

const pieces = function* (head: string, lineOf: (index: number) => string, tail = ''): Generator<string> {
  let written = head.length
  let piece = head
  for (let index = 0; written < size; index++) {
    const line = lineOf(index)
    written += line.length
    piece += line
    if (piece.length > 65_536) {
      yield piece
      piece = ''
    }
  }
  yield piece + tail
}

/** Durations that are spread like those of a service: a long tail, and none alike. Milliseconds. */
const duration = (index: number): number => 2 + ((index * 7919) % 10_007) ** 2 / 1_000_000

const endpoints = ['products', 'orders', 'basket', 'receipts', 'login']
const start = Date.parse('2026-11-21T04:00:00Z')
const endpoint = (index: number): string => endpoints[index % endpoints.length] ?? ''

const k6Point = (index: number): string => {
  const time = new Date(start + index).toISOString()
  const tags = `{"expected_response":"true","group":"::browse","method":"${index % 3 === 0 ? 'POST' : 'GET'}","name":"${endpoint(index)}","proto":"HTTP/1.1","scenario":"default","status":"200","url":"${endpoint(index)}"}`
  const point = (metric: string, value: number): string =>
    `{"metric":"${metric}","type":"Point","data":{"time":"${time}","value":${value},"tags":${tags}}}\n`
  return point('http_reqs', 1) + point('http_req_duration', duration(index)) + point('http_req_failed', 0)
}

const jtlHead =
  'timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect\n'

const jtlLine = (index: number): string =>
  `${start + index},${Math.round(duration(index))},"GET ${endpoint(index)}, till",200,OK,Buyers 1-${index % 50},text,true,,160,125,50,50,http://till.example/api/${endpoint(index)},9,0,1\n`

const jtlSample = (index: number): string =>
  `<httpSample t="${Math.round(duration(index))}" it="0" lt="9" ct="1" ts="${start + index}" s="true" lb="${endpoint(index)}" rc="200" rm="OK" tn="Buyers 1-1" dt="text" by="160" sby="125" ng="5" na="5">\n  <java.net.URL>http://till.example/api/${endpoint(index)}</java.net.URL>\n</httpSample>\n`

const vegetaResult = (index: number): string =>
  `{"attack":"","seq":${index},"code":200,"timestamp":"${new Date(start + index).toISOString()}","latency":${Math.round(duration(index) * 1e6)},"bytes_out":0,"bytes_in":15,"error":"","body":"W3sic2t1IjoidGVhIn1d","method":"GET","url":"http://till.example/api/${endpoint(index)}","headers":{"Content-Type":["application/json"]}}\n`

const heyLine = (index: number): string => {
  const seconds = (duration(index) / 1000).toFixed(4)
  return `${seconds},0.0001,0.0000,0.0001,${seconds},0.0001,200,${(index / 1000).toFixed(4)}\n`
}

const artilleryHead = `{"aggregate":{"counters":{"http.requests":100,"http.codes.200":100},"rates":{"http.request_rate":20},"firstCounterAt":${start},"lastCounterAt":${start + 5000},"summaries":{"http.response_time":{"min":3,"max":118,"count":100,"mean":28.8,"p50":22,"median":22,"p90":53,"p95":67.4,"p99":106.7}}},"intermediate":[{}`

const artilleryPeriod = (index: number): string =>
  `,{"counters":{"http.requests":100,"http.codes.200":100},"rates":{"http.request_rate":20},"period":"${start + index * 10_000}","summaries":{"http.response_time":{"min":3,"max":118,"count":100,"mean":28.8,"p50":22,"median":22,"p75":34.8,"p90":53,"p95":67.4,"p99":106.7,"p999":106.7}}}\n`

const locustLine = (index: number): string =>
  `${Math.floor(start / 1000) + index},10,,Aggregated,102.0,0.0,18,24,31,37,46,77,110,120,150,160,160,${index * 100},0,18,25.2,2.4,157.9,13.3\n`

const locustHead =
  'Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%,Total Request Count,Total Failure Count,Total Median Response Time,Total Average Response Time,Total Min Response Time,Total Max Response Time,Total Average Content Size\n'

const rows: Record<string, { name: string; chunks: () => Iterable<string> }> = {
  'k6-json': { name: 'k6.json', chunks: () => pieces('', k6Point) },
  'jmeter-csv': { name: 'till.jtl', chunks: () => pieces(jtlHead, jtlLine) },
  'jmeter-xml': {
    name: 'till-xml.jtl',
    chunks: () => pieces('<?xml version="1.0"?>\n<testResults version="1.2">\n', jtlSample, '</testResults>\n'),
  },
  'vegeta-results': { name: 'vegeta.json', chunks: () => pieces('', vegetaResult) },
  'hey-csv': {
    name: 'load-test.csv',
    chunks: () =>
      pieces('response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset\n', heyLine),
  },
  artillery: { name: 'artillery.json', chunks: () => pieces(artilleryHead, artilleryPeriod, ']}') },
  'locust-history': {
    name: 'till_stats_history.csv',
    chunks: () => pieces(locustHead, locustLine),
  },
}

/** Files of 100 MB, one of each format. */
export const generators: EvidenceGenerator[] = Object.entries(rows).map(([name, row]) => ({
  name,
  path: row.name,
  text: row.chunks,
}))
