import type { Annotation } from './annotations.ts'
import type { OutputName } from './output.ts'

/** What an Action can say to the runner. */
export interface Console {
  annotate: (annotation: Annotation) => void
  notice: (message: string) => void
  info: (line: string) => void
  /** Says why the step fails; counts as one error annotation. */
  fail: (message: string) => void
  output: (name: OutputName, value: string) => void
  /** Appends to the job summary. Rejects where the runner has none. */
  summarise: (markdown: string) => Promise<void>
  mask: (secret: string) => void
}
