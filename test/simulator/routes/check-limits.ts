interface Body {
  output?: {
    summary?: string
    text?: string
    annotations?: { message: string; start_line: number; end_line: number; start_column?: number }[]
  }
  actions?: { label: string; description: string; identifier: string }[]
}

const mostAnnotations = 50
const longestText = 65_535
const longestMessage = 65_536
const mostActions = 3
const longest = { label: 20, description: 40, identifier: 20 } as const

/** What is over a limit of check runs, in GitHub's numbers. */
export const checkLimits = (body: unknown): string[] => {
  const { output, actions = [] } = body as Body
  const { annotations = [] } = output ?? {}
  const texts = (['summary', 'text'] as const).filter((name) => (output?.[name]?.length ?? 0) > longestText)
  return [
    ...(annotations.length > mostAnnotations
      ? [`No more than ${mostAnnotations} annotations are permitted per request`]
      : []),
    ...texts.map((name) => `Only ${longestText} characters are allowed for the ${name}`),
    ...(annotations.some(({ message }) => Buffer.byteLength(message) > longestMessage) ? ['message is too long'] : []),
    ...(annotations.some((one) => one.start_column !== undefined && one.start_line !== one.end_line)
      ? ['start_column is only permitted where start_line and end_line are the same']
      : []),
    ...(actions.length > mostActions ? [`No more than ${mostActions} actions are permitted`] : []),
    ...actions.flatMap((action) =>
      (['label', 'description', 'identifier'] as const)
        .filter((name) => action[name].length > longest[name])
        .map((name) => `${name} is too long (maximum is ${longest[name]} characters)`),
    ),
  ]
}
