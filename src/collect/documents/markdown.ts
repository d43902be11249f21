/** One line of a Markdown document, with what stands around it. */
export interface MarkdownLine {
  /** From 1. */
  number: number
  text: string
  /** Whether it lies in a fenced code block. */
  code: boolean
  /** Whether it is a heading, or a line in bold that ends in a colon, which people use as one. */
  heading: boolean
  /** The nearest heading above, itself for a heading; without marks. */
  section: string
  /** All headings above it, the nearest last, joined by ` > `. */
  path: string
}

const headingLine = /^(#{1,6})\s+(.*)$/
const boldHeading = /^\*\*([^*:]{2,80})(?::\*\*|\*\*:)\s*$/

/** A heading's words without its marks. */
export const plainText = (text: string): string =>
  text
    .replace(/[*_`#]|\p{Extended_Pictographic}|\uFE0F|\uFFFD/gu, '')
    .replace(/\s+/g, ' ')
    .trim()

/** Splits a document into lines that know where they stand. One pass. */
export const readMarkdown = (text: string): MarkdownLine[] => {
  const stack: { level: number; text: string }[] = []
  let fence: string | undefined
  return text.split('\n').map((raw, index) => {
    const line = raw.replace(/\r$/, '')
    const marker = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    const code = fence !== undefined || marker !== undefined
    if (marker !== undefined) {
      if (fence === undefined) fence = marker
      else if (marker.startsWith(fence)) fence = undefined
    }
    const heading = code ? null : headingLine.exec(line)
    const bold = code || heading !== null ? null : boldHeading.exec(line)
    if (heading !== null || bold !== null) {
      const level = heading?.[1]?.length ?? 7
      while ((stack.at(-1)?.level ?? 0) >= level) stack.pop()
      stack.push({ level, text: plainText(heading?.[2] ?? bold?.[1] ?? '') })
    }
    return {
      number: index + 1,
      text: line,
      code,
      heading: heading !== null || bold !== null,
      section: stack.at(-1)?.text ?? '',
      path: stack.map((one) => one.text).join(' > '),
    }
  })
}

export const isTicked = (text: string): boolean => /✅|☑|✔|\[[xX]\]/.test(text)

export const isOpenBox = (text: string): boolean =>
  /^\s*(?:[-*+]|\d+[.)])?\s*(?:\[ ?\]|☐|⬜)/.test(text) || /\|\s*\[ ?\]\s*(?=\||$)/.test(text)
