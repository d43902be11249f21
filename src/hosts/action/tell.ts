import { issueComments } from '../../adapters/github/issue-comments.ts'
import type { Report } from '../../core/report.ts'
import { renderComment } from '../../render/comment.ts'
import { html } from '../../render/html/html.ts'
import { json } from '../../render/json.ts'
import { sarif } from '../../render/sarif.ts'
import { annotationsFor, perLevel } from './annotations.ts'
import { explainComment, headOf, keepComment, markerOf } from './comment.ts'
import type { Console } from './console.ts'
import type { Law } from './law.ts'
import { logLine, writeOutput } from './output.ts'
import type { Question } from './run.ts'
import { summaryOf } from './summary.ts'
import { fails, headlineOf } from './verdict.ts'

/** The comment may take this long with all its retries. Milliseconds. */
const commentTime = 60_000

type PathOf = (path: string) => string

const summarise = async (summary: string, console: Console): Promise<void> => {
  try {
    await console.summarise(summary)
  } catch (error) {
    console.notice(`No job summary: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const comment = async (
  { event, inputs, location, api }: Question,
  report: Report,
  { law, console, blobUrl }: { law: Law; console: Console; blobUrl: string | undefined },
): Promise<void> => {
  const { pullRequest } = event
  if (inputs.comment === 'never' || pullRequest === undefined) return
  const forge = api(commentTime)
  if (forge === undefined) return console.notice('No comment: there is no token.')
  const marker = markerOf(inputs.environment, location.directory)
  const body = renderComment(report, {
    marker: headOf(marker),
    notes: law.notices,
    ...(blobUrl === undefined ? {} : { blobUrl }),
  })
  const kept = await keepComment(issueComments(forge, pullRequest.number), marker, body)
  if (!kept.ok) console.notice(explainComment(kept.problem))
  else if (kept.value === 'left-to-app') console.notice('No comment: the Prodgate App keeps one in this pull request.')
  else console.info(`comment ${kept.value}`)
}

/** The lines of a pull request are shown at its head, elsewhere at the run's own commit. */
const blobUrlOf = ({ event: { repository, pullRequest, sha } }: Question, server: string): string | undefined => {
  const commit = pullRequest?.head ?? sha
  if (repository === undefined || commit === '') return undefined
  return `${server}/${repository.owner}/${repository.name}/blob/${commit}`
}

/**
 * Tells the verdict everywhere: outputs first, then files, annotations, summary and comment. Nothing that goes wrong in the
 * telling changes the verdict. Resolves to whether the step succeeds.
 * @throws InputError where the files cannot be written
 */
export const tell = async (
  question: Question,
  report: Report,
  law: Law,
  console: Console,
  server: string,
): Promise<boolean> => {
  const { inputs, location } = question
  const pathOf: PathOf = (path) => (location.directory === '.' ? path : `${location.directory}/${path}`)
  const blobUrl = blobUrlOf(question, server)
  const failing = fails(report, inputs.failOn)
  console.output('decision', report.decision)
  console.output('score', `${report.score.low}-${report.score.high}`)
  console.info(logLine(headlineOf(report)))
  for (const { code, message } of report.reasons) console.info(logLine(`${code}: ${message}`))
  if (law.origin !== '') console.info(logLine(law.origin))
  for (const notice of law.notices) console.notice(notice)
  writeOutput(inputs.report, json(report))
  console.output('report', inputs.report)
  if (inputs.html !== undefined)
    writeOutput(
      inputs.html,
      html(report, {
        notes: [law.origin, ...law.notices].filter((note) => note !== ''),
        ...(blobUrl === undefined ? {} : { blobUrl }),
      }),
    )
  console.output('html', inputs.html ?? '')
  writeOutput(inputs.sarif, sarif(report))
  console.output('sarif', inputs.sarif)
  for (const annotation of annotationsFor(report, pathOf, failing ? perLevel - 1 : perLevel))
    console.annotate(annotation)
  await summarise(summaryOf(report, law, `${inputs.report} on the runner`, blobUrl), console)
  await comment(question, report, { law, console, blobUrl })
  if (failing) console.fail(headlineOf(report))
  else if (report.decision === 'no-go') console.notice(`${headlineOf(report)} (told, and not enforced)`)
  return !failing
}
