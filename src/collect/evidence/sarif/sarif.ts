import type { EvidenceFormat, EvidenceText, Likeness, Parsed } from '../format.ts'
import { instant } from '../format.ts'
import { JsonShapes } from '../json/shapes.ts'
import type { JsonValue } from '../json/stream.ts'
import { line } from '../scans/fields.ts'
import { jsonHead } from '../scans/json-head.ts'
import { readPaths, refuse, taking } from '../scans/read-paths.ts'
import { commitOf, digestOf } from '../scans/subject.ts'
import { Image, Invocation, Result, Rule } from './entries.ts'
import { isPackageScanner } from './packages.ts'
import { SarifRun } from './run.ts'

const limits = { runs: 1000, rules: 100_000 }

const isSarif = (head: string, first: string): boolean =>
  /"\$schema"\s*:\s*"[^"]{0,300}sarif/.test(head) ||
  ((first === 'runs' || first === 'version') &&
    /"runs"\s*:\s*\[/.test(head) &&
    /"(?:results|driver|invocations)"\s*:/.test(head))

const driver = /"driver"\s*:\s*\{[^{}]{0,2000}?"name"\s*:\s*"([^"]{1,200})"/
const anyRule = /"(?:ruleId|id)"\s*:\s*"([^"]{1,200})"/

/** Which of the two kinds a log is of, by the tool's name if it stands near the beginning, else by what rules are named after. */
const looks = (head: string, packages: boolean): Likeness => {
  const json = jsonHead(head)
  if (json === undefined) return /^\s*$/.test(head) ? 'unclear' : 'other'
  if (json.first === undefined) return 'unclear'
  if (json.list || !isSarif(head, json.first)) return 'other'
  return isPackageScanner(driver.exec(head)?.[1] ?? '', anyRule.exec(head)?.[1]) === packages ? 'this' : 'other'
}

const parse = async (text: EvidenceText): Promise<Parsed> => {
  const runs = new Map<string | number, SarifRun>()
  let rules = 0
  let failed: string | undefined
  let version: unknown
  const times: string[] = []
  const commits = new Set<string>()
  const run = ({ path }: JsonValue): SarifRun => {
    const key = path[1] ?? 0
    const known = runs.get(key)
    if (known !== undefined) return known
    const made = new SarifRun()
    if (runs.size < limits.runs) runs.set(key, made)
    return made
  }
  const rule = (own: boolean) =>
    taking(Rule, (one, value) => {
      const { line: at, column } = value
      if (++rules > limits.rules)
        return { code: 'too-many', reason: `has more than ${limits.rules} rules`, line: at, column }
      return run(value).addRule(one, own)
    })
  const driverText = (set: (run: SarifRun, text: string | undefined) => void) =>
    taking(line, (said, value) => set(run(value), said))
  const shapes = new JsonShapes({ '': 'object', runs: 'list', 'runs.*': 'object', 'runs.*.results': 'list' })
  const refused = await readPaths(
    text,
    {
      version: ({ value }) => void (version = value),
      'runs.*.tool.driver.name': driverText((one, said) => void (one.tool = said ?? '')),
      'runs.*.tool.driver.semanticVersion': driverText((one, said) => void (one.version ??= said)),
      'runs.*.tool.driver.version': driverText((one, said) => void (one.version = said ?? one.version)),
      'runs.*.tool.driver.rules.*': rule(true),
      'runs.*.tool.extensions.*.rules.*': rule(false),
      'runs.*.automationDetails.id': driverText((one, said) => void (one.category = said)),
      'runs.*.properties': taking(Image, (image, value) => {
        if (image?.imageName !== undefined)
          run(value).image = { name: image.imageName, digest: digestOf(image.repoDigests[0]) }
      }),
      'runs.*.invocations.*': taking(Invocation, ({ executionSuccessful, startTimeUtc, endTimeUtc }, value) => {
        if (executionSuccessful === false) failed ??= String(value.path[1])
        const at = instant(startTimeUtc ?? endTimeUtc)
        if (at !== undefined) times.push(at)
      }),
      'runs.*.versionControlProvenance.*.revisionId': taking(line, (revision) => {
        const commit = commitOf(revision)
        if (commit !== undefined) commits.add(commit)
      }),
      'runs.*.results.*': taking(Result, (result, value) => run(value).add(result, value)),
    },
    { shapes },
  )
  if (refused !== undefined) return { refused }
  if (version !== '2.1.0') return refuse('version', 'is not of SARIF 2.1.0')
  const named = [...shapes.seen].filter((path) => /^runs\.\d+$/.test(path))
  if (named.length === 0) return refuse('empty', 'holds no run of any tool')
  if (named.length > limits.runs) return refuse('too-many', `has more than ${limits.runs} runs`)
  const without = named.find((path) => !shapes.seen.has(`${path}.results`))
  if (failed !== undefined) return refuse('scan-failed', `says that run ${failed} did not come to its end`)
  if (without !== undefined) return refuse('scan-failed', `has no list of results in run ${without.slice(5)}`)
  if (commits.size > 1) return refuse('commit', 'holds runs of several commits')
  const all = named.map((path) => runs.get(Number(path.slice(5))) ?? new SarifRun())
  if (all.some(({ tool }) => tool === '')) return refuse('schema', 'does not name the tool of a run')
  const [sha] = commits
  const createdAt = times.sort()[0]
  const packages = all.filter((one) => one.packages).length
  return {
    facts: all.flatMap((one) => one.facts(text.path)),
    answers: [
      ...(packages > 0 ? (['vulnerabilities.vulnerability'] as const) : []),
      ...(packages < all.length ? (['analysis.result'] as const) : []),
    ],
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(sha === undefined ? {} : { sha }),
  }
}

/** SARIF 2.1.0 of tools that look at source: gosec, CodeQL, Bandit, Semgrep, ESLint. */
export const sarifAnalysis: EvidenceFormat = {
  kind: 'analysis',
  name: 'sarif',
  recognise: (head) => looks(head, false),
  parse,
}

/** SARIF 2.1.0 of tools that look at packages and images: Trivy, Grype, Snyk, osv-scanner, govulncheck. */
export const sarifVulnerabilities: EvidenceFormat = {
  kind: 'vulnerabilities',
  name: 'sarif',
  recognise: (head) => looks(head, true),
  parse,
}
