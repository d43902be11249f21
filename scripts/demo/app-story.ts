import { styleText } from 'node:util'
import { buildApp } from '../../test/e2e/app/build-app.ts'
import { Stage, until } from '../../test/e2e/app/stage.ts'
import { checkOf, judged, mended, openPullRequest, pipelineEnds, type Clinic } from './clinic.ts'
import { terminalMarkdown } from './terminal-markdown.ts'
import { wrapped } from './wrapped.ts'

const width = 96
const print = (text = ''): void => console.log(text)
const dim = (text: string): string => styleText('dim', text)

const step = (who: string, what: string): void => print(`\n${styleText('bold', who)} ${what}`)

/** What GitHub shows, in a frame of its own. */
const shown = (title: string, lines: readonly string[]): void => {
  print(dim(`  ┌ ${title}`))
  for (const line of lines) print(`${dim('  │')} ${line}`)
  print(dim('  └'))
}

const showAnswer = (title: string, text: string): void =>
  shown(
    title,
    text.split('\n').flatMap((line) => wrapped(line, width)),
  )

const showComment = ({ pull }: Clinic): void => {
  const body = pull.comments.find(({ author }) => author?.login === 'prodgate[bot]')?.body
  shown('comment by prodgate', terminalMarkdown(body ?? '', width))
}

const tell = async (stage: Stage): Promise<void> => {
  step('grace', 'opens a pull request in clinic/appointments: "Remind patients by mail".')
  const clinic = openPullRequest(stage)
  pipelineEnds(clinic)
  await judged(stage, clinic)
  const { shop, pull } = clinic
  step('prodgate', `judges commit ${pull.sha.slice(0, 7)}. The check says: ${checkOf(clinic)?.output.title ?? ''}`)
  showComment(clinic)

  step('grace', 'is in a hurry and starts the deployment of the branch to production all the same.')
  const hasty = shop.deploy({ environment: 'production', sha: pull.sha, branch: 'reminders', actor: 'grace' })
  await hasty.answered()
  step('prodgate', `${hasty.state} it:`)
  showAnswer("the deployment's review", hasty.comment)

  step('grace', 'mends the change, pushes, and writes "/prodgate recheck" when the tests have passed.')
  pull.push(mended)
  pipelineEnds(clinic)
  const command = pull.comment('grace', '/prodgate recheck')
  await until('the command is seen', () => command.reactions.length > 0)
  await judged(stage, clinic)
  step('prodgate', `edits its comment. The check says: ${checkOf(clinic)?.output.title ?? ''}`)
  showComment(clinic)

  step('grace', 'starts the deployment again.')
  const begun = performance.now()
  const second = shop.deploy({ environment: 'production', sha: pull.sha, branch: 'reminders', actor: 'grace' })
  await second.answered()
  step('prodgate', `${second.state} it after ${((performance.now() - begun) / 1000).toFixed(1)} seconds:`)
  showAnswer("the deployment's review", second.comment)
  if (hasty.state !== 'rejected' || second.state !== 'approved') throw new Error('the story did not go as it is told')
}

/**
 * Tells what the App does with a pull request and its deployment, and prints what people see of it. GitHub is played by the
 * server that the tests use; the App is the real one.
 */
export const tellAppStory = async (): Promise<void> => {
  print(`\n${styleText('bold', 'The App')}`)
  print(
    dim(
      'GitHub is played by a server of this repository (test/simulator); the App is the real one, on its embedded database.',
    ),
  )
  const built = await buildApp()
  const stage = await Stage.open({ bundle: built.bundle })
  try {
    await tell(stage)
    stage.check()
  } finally {
    await stage.close()
    built.remove()
  }
}
