import * as z from 'zod'
import { Report } from '../src/core/report.ts'
import { writeGenerated } from './written-files.ts'

const { $schema, ...schema } = z.toJSONSchema(Report, { target: 'draft-2020-12', io: 'output' })
const published = {
  $schema,
  title: 'A report of Prodgate',
  description: 'One verdict: one commit, one environment. `prodgate check --format json` writes it.',
  ...schema,
}

writeGenerated(new Map([['docs/report.schema.json', `${JSON.stringify(published, undefined, 2)}\n`]]))
