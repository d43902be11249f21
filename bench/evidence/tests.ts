import { partsOf, type EvidenceGenerator } from './generator.ts'

const junitCase = (index: number, inside = ''): string =>
  `<testcase classname="shop.TillTest${index % 500}" name="gives change of ${index} cents" time="0.0${index % 9}">${inside}</testcase>\n`

const goTest = (index: number): string => {
  const about = `"Time":"2026-11-21T10:00:00.${String(index % 1e9).padStart(9, '0')}Z",`
  const test = `"Package":"shop.example/till/p${Math.floor(index / 1000)}","Test":"TestGivesChange${index}"`
  const end =
    index % 1000 === 999
      ? `{${about}"Action":"pass","Package":"shop.example/till/p${Math.floor(index / 1000)}","Elapsed":1}\n`
      : ''
  return `{${about}"Action":"run",${test}}\n{${about}"Action":"output",${test},"Output":"=== RUN   TestGivesChange${index}\\n"}\n{${about}"Action":"pass",${test},"Elapsed":0.01}\n${end}`
}

const goPackages = function* (size: number): Generator<string> {
  let length = 0
  for (let index = 0; length < size || index % 1000 !== 0; index++) {
    const text = goTest(index)
    length += text.length
    yield text
  }
}

const tap = function* (size: number): Generator<string> {
  yield 'TAP version 14\n'
  let [index, length] = [0, 0]
  for (; length < size;) {
    index++
    const text = `# Subtest: suite ${index}\n    ok 1 - gives change\n      ---\n      duration_ms: 1.5\n      ...\n    ${index % 3 === 0 ? 'not ok' : 'ok'} 2 - is rounded down\n    1..2\n${index % 3 === 0 ? 'not ok' : 'ok'} ${index} - suite ${index}\n`
    length += text.length
    yield text
  }
  yield `1..${index}\n`
}

/** Results of tests that no team has: millions of cases, or as many failures. */
export const generators: EvidenceGenerator[] = [
  {
    name: 'junit',
    path: 'junit.xml',
    text: (size) =>
      partsOf(size, {
        head: '<?xml version="1.0"?>\n<testsuites><testsuite name="till">\n',
        part: junitCase,
        tail: '</testsuite></testsuites>\n',
      }),
  },
  {
    name: 'junit, all failing',
    path: 'junit.xml',
    text: (size) =>
      partsOf(size, {
        head: '<?xml version="1.0"?>\n<testsuites><testsuite name="till">\n',
        part: (index) =>
          junitCase(index, '<failure message="expected 3 to be 4">at Till.java:12\nat Test.java:3</failure>'),
        tail: '</testsuite></testsuites>\n',
      }),
  },
  {
    name: 'junit, suites of one case',
    path: 'junit.xml',
    text: (size) =>
      partsOf(size, {
        head: '<?xml version="1.0"?>\n<testsuites>\n',
        part: (index) => `<testsuite name="suite ${index}" tests="2">${junitCase(index)}</testsuite>`,
        tail: '</testsuites>\n',
      }),
  },
  {
    name: 'junit, one long output',
    path: 'junit.xml',
    text: (size) =>
      partsOf(size, {
        head: '<testsuite name="till"><testcase name="opens"/><system-out><![CDATA[',
        part: (index) => `2026-11-21T10:00:00Z INFO sold ${index} <teas> & cakes at till ${index % 7}\n`,
        tail: ']]></system-out></testsuite>\n',
      }),
  },
  { name: 'tap', path: 'results.tap', text: tap },
  { name: 'go-test-json', path: 'go-test.json', text: goPackages },
  {
    name: 'ctrf',
    path: 'ctrf-report.json',
    text: (size) =>
      partsOf(size, {
        head: '{"reportFormat":"CTRF","specVersion":"0.0.0","results":{"tool":{"name":"mocha"},"summary":{"tests":1,"passed":1,"failed":0},"tests":[\n',
        part: (index) =>
          `{"name":"gives change of ${index} cents","status":"${index % 2 === 0 ? 'passed' : 'failed'}","duration":${index % 90},"suite":["till","change"],"retries":0,"flaky":false,"filePath":"test/till.test.js","message":"expected 3 to be 4"}`,
        between: ',\n',
        tail: ']}}\n',
      }),
  },
]
