/** Puts a colour or a weight around text, or leaves it as it is. */
export type Paint = Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', (text: string) => string>

const style =
  (on: number, off: number) =>
  (text: string): string =>
    `\u001b[${on}m${text}\u001b[${off}m`

const colours: Paint = {
  bold: style(1, 22),
  dim: style(2, 22),
  red: style(31, 39),
  green: style(32, 39),
  yellow: style(33, 39),
  cyan: style(36, 39),
}

const same = (text: string): string => text
const none: Paint = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same }

/** The styles of a terminal, or none of them. */
export const paintFor = (color: boolean): Paint => (color ? colours : none)
