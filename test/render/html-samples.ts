import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readRules } from '../../scripts/read-rules.ts'
import { diskEvidence } from '../../src/adapters/disk/evidence.ts'
import { diskWorkspace } from '../../src/adapters/disk/workspace.ts'
import { assess } from '../../src/assess.ts'
import type { Report } from '../../src/core/report.ts'
import { finding, report, result } from '../sample-report.ts'

const judge = async (name: string): Promise<Report> => {
  const root = join(import.meta.dirname, '../../examples', name)
  const path = '.github/prodgate.yml'
  const file = join(root, path)
  const assessment = await assess({
    workspace: diskWorkspace(root),
    evidenceFiles: diskEvidence(root, { clean: null }),
    rules: readRules().map(({ rule }) => rule),
    policy: existsSync(file) ? { path, text: readFileSync(file, 'utf8') } : undefined,
    environment: 'production',
    now: new Date('2026-11-21T12:00:00Z'),
    subject: { repository: 'acme/orders', sha: null, directory: '.' },
    version: '1.2.3',
  })
  return assessment.report
}

const judged = new Map<string, Promise<Report>>()

/** The report on one of the services of examples/, which is judged once. */
export const exampleReport = (name: string): Promise<Report> => {
  const made = judged.get(name) ?? judge(name)
  judged.set(name, made)
  return made
}

/** What an attacker would write into file names, messages, waivers and evidence. */
export const attacks = [
  '<script>document.title = "owned"</script>',
  '"onmouseover="document.title=\'owned\'" x="',
  "' onfocus='document.title=1' autofocus='",
  '</style><img src=x onerror="document.title=\'owned\'">',
  '</title><svg onload=alert(1)>',
  '--><iframe src="https://evil.example/"></iframe>',
  '\u202Etxt.exe\u2066 \u0000\u001B[31m',
  '`</code><script>1</script>`',
  'javascript:alert(1)',
  'https://evil.example/" onclick="alert(1)',
  'a'.repeat(400),
] as const

/** A report in which every text from a repository, a policy or a pipeline is an attack, with every part that a page can have. */
export const attackReport = (attack: string): Report => {
  const waived = { reason: attack, owner: attack, expires: attack }
  const undecided = [{ path: attack, line: 1, subject: attack, reason: attack }]
  const words = { title: attack, why: attack, fix: attack, category: attack, references: [attack] }
  const hit = finding({ path: attack, subject: attack, message: attack })
  return report(
    [
      result({ ...words, rule: 'shop/fails', findings: Array.from({ length: 9 }, () => hit) }),
      result({ ...words, rule: 'shop/error', status: 'error', reason: attack }),
      result({ ...words, rule: 'shop/known', findings: [{ ...hit, known: true }] }),
      result({ ...words, rule: 'shop/waived', status: 'waived', findings: [{ ...hit, waived }] }),
      result({ ...words, rule: 'shop/whole', status: 'waived', waived, findings: [] }),
      result({ ...words, rule: 'shop/unknown', status: 'unknown', reason: attack }),
      result({ ...words, rule: 'shop/open', status: 'unknown', blocking: false, reason: attack, undecided }),
      result({ ...words, rule: 'shop/mild', severity: 'medium', blocking: false, findings: [hit] }),
      result({ ...words, rule: 'shop/pass', status: 'pass' }),
      result({ ...words, rule: 'shop/absent', status: 'not-applicable' }),
    ],
    {
      environment: attack,
      subject: { repository: attack, sha: attack, directory: attack },
      reasons: [
        { code: 'policy-invalid', message: attack },
        { code: 'observe-mode', message: attack },
      ],
      evidence: [{ kind: 'tests', format: attack, path: attack, sha: attack, createdAt: attack }],
      plan: [
        { rule: 'shop/fails', when: 'before-deploy', gain: 12.5, effortMinutes: 15 },
        { rule: 'shop/mild', when: 'first-week', gain: 2.5, effortMinutes: 480 },
      ],
      score: {
        low: 41,
        high: 77,
        minimum: 80,
        confidence: 64,
        categories: [{ id: attack, low: 41, high: 77, confidence: 64, pass: 1, fail: 1, unknown: 0 }],
      },
    },
  )
}
