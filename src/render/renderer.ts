import type { Report } from '../core/report.ts'

/** What a reader may ask of a rendering. Every renderer ignores what does not concern it. */
export interface RenderOptions {
  /** Colours for a terminal. */
  color?: boolean
  /** Columns of the terminal; text is wrapped to it. */
  width?: number
  /** Show every finding, however many there are. */
  all?: boolean
  /** The most characters (UTF-16 code units) that the text may have; markdown cuts to it. */
  limit?: number
  /** Where the whole report is, for a text that was cut: a URL or words. */
  full?: string
  /** The address that a path is put after to link to a file: `https://github.com/acme/shop/blob/<sha>`. */
  blobUrl?: string
  /** Sentences under the verdict, such as by which policy it was judged. */
  notes?: readonly string[]
}

/** Turns a report into text. Pure: the same report and options give the same text. */
export type Renderer = (report: Report, options?: RenderOptions) => string
