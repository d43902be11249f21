import { partsOf, type EvidenceGenerator } from './generator.ts'

/** Lines of each source file: a few hundred, as in most programs, or a generated one that goes on and on. */
const linesIn = 400

const times = (count: number, part: (index: number) => string, between = ''): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(between)

const source = (index: number): string => `services/till/src/part${index % 97}/till${index}.ts`

const statements = (count: number): string =>
  times(count, (id) => `"${id}":{"start":{"line":${id + 1},"column":2},"end":{"line":${id + 1},"column":40}}`, ',')

/** Coverage of programs of millions of lines. */
export const generators: EvidenceGenerator[] = [
  {
    name: 'lcov',
    path: 'lcov.info',
    text: (size) =>
      partsOf(size, {
        part: (index) =>
          `TN:\nSF:${source(index)}\n${times(linesIn, (line) => `DA:${line + 1},${line % 3}\n`)}BRDA:3,0,0,1\nBRDA:3,0,1,-\nLF:${linesIn}\nend_of_record\n`,
      }),
  },
  {
    name: 'lcov, one source',
    path: 'lcov.info',
    text: (size) =>
      partsOf(size, {
        head: 'SF:src/till.ts\n',
        part: (index) => `DA:${(index % 1_000_000) + 1},${index % 2}\n`,
        tail: 'end_of_record\n',
      }),
  },
  {
    name: 'cobertura',
    path: 'cobertura.xml',
    text: (size) =>
      partsOf(size, {
        head: '<?xml version="1.0"?>\n<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">\n<coverage line-rate="0.5"><packages><package name="till"><classes>\n',
        part: (index) =>
          `<class name="till${index}" filename="${source(index)}"><methods/><lines>${times(linesIn, (line) => `<line number="${line + 1}" hits="${line % 3}"/>\n`)}</lines></class>\n`,
        tail: '</classes></package></packages></coverage>\n',
      }),
  },
  {
    name: 'jacoco',
    path: 'jacoco.xml',
    text: (size) =>
      partsOf(size, {
        head: '<?xml version="1.0"?><!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd"><report name="till"><package name="shop">',
        part: (index) =>
          `<sourcefile name="Till${index}.java">${times(linesIn, (line) => `<line nr="${line + 1}" mi="0" ci="${line % 3}" mb="0" cb="0"/>`)}<counter type="LINE" missed="1" covered="2"/></sourcefile>`,
        tail: '</package></report>\n',
      }),
  },
  {
    name: 'clover',
    path: 'clover.xml',
    text: (size) =>
      partsOf(size, {
        head: '<?xml version="1.0"?>\n<coverage generated="1795234529684" clover="3.2.0"><project>\n',
        part: (index) =>
          `<file name="till${index}.ts" path="/shop/${source(index)}">${times(linesIn, (line) => `<line num="${line + 1}" count="${line % 3}" type="stmt"/>\n`)}</file>\n`,
        tail: '</project></coverage>\n',
      }),
  },
  {
    name: 'go-cover, as of -coverpkg',
    path: 'cover.out',
    text: (size) =>
      partsOf(size, {
        head: 'mode: atomic\n',
        part: (index) =>
          `shop.example/till/${source(Math.floor(index / linesIn) % 3000)}:${(index % linesIn) + 1}.2,${(index % linesIn) + 3}.16 2 ${index % 2}\n`,
      }),
  },
  {
    name: 'coverage.py',
    path: 'coverage.json',
    text: (size) =>
      partsOf(size, {
        head: '{"meta": {"format": 3, "version": "7.17.3", "branch_coverage": true, "show_contexts": false}, "files": {',
        part: (index) =>
          `"till/part${index}.py": {"executed_lines": [${times(linesIn, (line) => String(2 * line + 1), ', ')}], "summary": {"covered_lines": 1}, "missing_lines": [${times(linesIn, (line) => String(2 * line + 2), ', ')}], "excluded_lines": [], "executed_branches": [[2, 4], [3, -1]], "missing_branches": [[2, 3]]}`,
        between: ', ',
        tail: '}, "totals": {"covered_lines": 1}}\n',
      }),
  },
  {
    name: 'istanbul',
    path: 'coverage-final.json',
    text: (size) =>
      partsOf(size, {
        head: '{',
        part: (index) =>
          `"/shop/${source(index)}": {"path":"/shop/${source(index)}","statementMap":{${statements(linesIn)}},"fnMap":{},"branchMap":{"0":{"loc":{"start":{"line":2,"column":1},"end":{"line":2,"column":9}},"type":"if"}},"s":{${times(linesIn, (id) => `"${id}":${id % 3}`, ',')}},"f":{},"b":{"0":[1,0]}}`,
        between: ',\n',
        tail: '}\n',
      }),
  },
  {
    name: 'istanbul-summary',
    path: 'coverage-summary.json',
    text: (size) =>
      partsOf(Math.min(size, 20_000_000), {
        head: '{"total": {"lines":{"total":2,"covered":1,"skipped":0,"pct":50}},\n',
        part: (index) =>
          `"/shop/${source(index)}": {"lines":{"total":20,"covered":10,"skipped":0,"pct":50},"functions":{"total":2,"covered":1,"skipped":0,"pct":50},"statements":{"total":2,"covered":1,"skipped":0,"pct":50},"branches":{"total":4,"covered":1,"skipped":0,"pct":25}}`,
        between: ',\n',
        tail: '}\n',
      }),
  },
]
