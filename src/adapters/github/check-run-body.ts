import type { CheckAnnotation, CheckRun } from '../../ports/check-runs.ts'

/** GitHub takes as many annotations in one request. */
export const annotationsAtOnce = 50

const annotationBody = (annotation: CheckAnnotation) => {
  const { path, startLine, endLine, startColumn, endColumn, level, title, message } = annotation
  const columns = startLine === endLine && startColumn !== undefined
  return {
    path,
    start_line: startLine,
    end_line: endLine,
    ...(columns ? { start_column: startColumn, end_column: Math.max(endColumn ?? startColumn, startColumn) } : {}),
    annotation_level: level,
    title,
    message,
  }
}

/**
 * The bodies of the requests that tell one check run, the first of them first. Every one tells the whole state: a run whose
 * teller dies after the first is finished all the same, and lacks annotations alone.
 */
export const bodiesOf = (run: CheckRun, annotations: readonly CheckAnnotation[]): Record<string, unknown>[] => {
  const { name, externalId, state, actions } = run
  const { title, summary, text } = run.output
  const bodies: Record<string, unknown>[] = []
  for (let at = 0; at === 0 || at < annotations.length; at += annotationsAtOnce) {
    const batch = annotations.slice(at, at + annotationsAtOnce).map(annotationBody)
    const output = { title, summary, ...(text === undefined ? {} : { text }) }
    bodies.push({
      name,
      external_id: externalId,
      ...state,
      output: batch.length === 0 ? output : { ...output, annotations: batch },
      actions: actions.map(({ label, description, identifier }) => ({ label, description, identifier })),
    })
  }
  return bodies
}
