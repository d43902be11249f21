/** A line in lines of at most that many characters, the later ones indented like the first one's text. */
export const wrapped = (line: string, width: number): string[] => {
  const indent = ' '.repeat((/^\s*(?:[-•▸✘✔] )?/.exec(line)?.[0] ?? '').length)
  const lines: string[] = []
  let current = ''
  for (const word of line.split(/(?<=\S) +/)) {
    const longer = current === '' ? word : `${current} ${word}`
    if (longer.length <= width || current.trim() === '') current = longer
    else {
      lines.push(current)
      current = indent + word
    }
  }
  return [...lines, current]
}
