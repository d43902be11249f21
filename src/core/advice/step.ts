/** One entry of a report's advice: steps of a workflow that make evidence. */
export interface Step {
  title: string
  /** Where the project lies that the step is for; `.` for the root of the repository. */
  directory: string
  /** A list of steps for a job of a GitHub workflow, as YAML. */
  yaml: string
  /** The file that the step leaves, from the root; a `*` stands for what the tool names by itself. */
  writes: string
  note?: string
}

/** What of a step does not depend on where it runs. */
export interface Recipe {
  title: string
  /** Lines of a shell. */
  run: readonly string[]
  /** From the project's folder. */
  writes: string
  note?: string
}

const below = (directory: string, path: string): string => (directory === '.' ? path : `${directory}/${path}`)

/** A recipe as a step that runs whatever failed before: bad news is evidence too. */
export const stepOf = ({ title, run, writes, note }: Recipe, directory: string): Step => ({
  title,
  directory,
  yaml: [
    `- name: ${title}`,
    '  if: ${{ !cancelled() }}',
    ...(directory === '.' ? [] : [`  working-directory: ${directory}`]),
    '  run: |',
    ...run.map((line) => `    ${line}`),
    '',
  ].join('\n'),
  writes: below(directory, writes),
  ...(note === undefined ? {} : { note }),
})
