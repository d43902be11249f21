import { resolve } from 'node:path'
import { rules } from 'builtin-rules'
import { checkoutOf } from '../../adapters/disk/git.ts'
import { diskEvidence, diskWorkspace } from '../../adapters/disk/workspace.ts'
import { assess } from '../../assess.ts'
import { version } from '../version.ts'
import { existsSync, readFileSync } from 'node:fs'

const [command, dir = '.'] = process.argv.slice(2)
if (command === 'rules') console.log(JSON.stringify(rules))
else {
  const root = resolve(dir)
  const policyPath = `${root}/.github/prodgate.yml`
  const checkout = checkoutOf(root)
  const { report } = await assess({
    workspace: diskWorkspace(root),
    evidenceFiles: diskEvidence(root, checkout.sha),
    rules,
    policy: existsSync(policyPath)
      ? { path: '.github/prodgate.yml', text: readFileSync(policyPath, 'utf8') }
      : undefined,
    environment: 'production',
    now: new Date(),
    subject: { ...checkout, directory: '.' },
    version,
  })
  console.log(JSON.stringify(report))
  process.exitCode = report.decision === 'no-go' ? 1 : 0
}
