const heredocWord = /^<<-?(["']?)[A-Za-z_][\w.-]*\1(?=$|[\s;|&>)])/

/**
 * The text with every `<<` that opens no here-document replaced, length kept: one inside quotes, a here-string, a shift.
 * The library takes them for here-documents and would swallow the rest of the file.
 */
export const maskFalseHeredocs = (text: string): string => {
  if (!text.includes('<<')) return text
  return text.split('\n').map(maskLine).join('\n')
}

const maskLine = (line: string): string => {
  if (!line.includes('<<')) return line
  let quote = ''
  let masked = ''
  for (let index = 0; index < line.length; index++) {
    const char = line[index] ?? ''
    if (char === '\\' && quote !== "'") {
      masked += char + (line[++index] ?? '')
      continue
    }
    if (quote === '' ? char === '"' || char === "'" : char === quote) quote = quote === '' ? char : ''
    if (char !== '<' || line[index + 1] !== '<') {
      masked += char
      continue
    }
    const word = heredocWord.exec(line.slice(index, index + 80))?.[0]
    const opens = quote === '' && word !== undefined && /^[\s\d]?$/.test(line[index - 1] ?? '')
    const taken = opens ? word : '<<'
    masked += opens ? taken : '__'
    index += taken.length - 1
  }
  return masked
}
