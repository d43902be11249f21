import type { Collector, Sink, TextFile } from '../collector.ts'
import { asMapping } from '../shape.ts'
import { isMakefile, readMakefile } from './makefiles.ts'
import { relateWorkflows } from './pipeline.ts'
import { emitCompositeAction, emitWorkflow } from './workflow-file.ts'

const workflowFile = /^\.github\/workflows\/[^/]+\.ya?ml$/
const actionFile = /(^|\/)action\.ya?ml$/
const packageFile = /(^|\/)package\.json$/
const vendored = /(^|\/)node_modules\//

/** The names of a package.json's scripts. One that cannot be read is not this topic's to complain about. */
const emitPackage = (file: TextFile, sink: Sink): void => {
  let scripts: string[]
  try {
    scripts = Object.keys(asMapping(asMapping(JSON.parse(file.text))?.['scripts']) ?? {})
  } catch {
    return
  }
  const end = file.path.lastIndexOf('/')
  sink.fact({
    kind: 'workflows.npm-package',
    subject: `package ${file.path}`,
    place: { path: file.path, line: 1, column: 1 },
    value: { directory: end < 0 ? '' : file.path.slice(0, end), scripts },
  })
}

/** GitHub Actions: workflows, reusable workflows and composite actions. */
export const workflows: Collector = {
  topic: 'workflows',
  claims: ({ path }) =>
    !vendored.test(path) &&
    (workflowFile.test(path) || actionFile.test(path) || packageFile.test(path) || isMakefile(path)),
  recognises: (text) => /^\s*(jobs|runs)\s*:/m.test(text),
  collect: (file, sink, tree) => {
    if (packageFile.test(file.path)) return emitPackage(file, sink)
    if (isMakefile(file.path)) return readMakefile(file, tree)
    const isWorkflow = workflowFile.test(file.path)
    const { documents, problems } = file.yaml('1.2')
    for (const { place, code, reason } of problems)
      if (isWorkflow || /^runs\s*:/m.test(file.text)) sink.unjudged(place, code, reason)
    const [document] = documents
    if (document === undefined) return
    if (isWorkflow) emitWorkflow(file, document, sink, tree)
    else emitCompositeAction(file, document, sink)
  },
  relate: relateWorkflows,
}
