/** A line of the commit with a message. Columns only where it is one line. Lines and columns count from 1. */
export interface CheckAnnotation {
  path: string
  startLine: number
  endLine: number
  startColumn?: number
  endColumn?: number
  level: 'notice' | 'warning' | 'failure'
  title: string
  message: string
}
