/** A version as its numbers: `1.22` has two, `20` one. */
export type Version = readonly number[]

/** The version that a text begins with; undefined for `latest`, `lts/*` and the like. */
export const parseVersion = (text: string): Version | undefined => {
  const found = /^v?(\d{1,6})(?:\.(\d{1,6}))?(?:\.(\d{1,6}))?/.exec(text.trim())
  return found?.slice(1).flatMap((part) => (part === undefined ? [] : [Number(part)]))
}

/** Orders two versions by the numbers that both have: `20` and `20.11` are the same as far as anybody can tell. */
export const compareVersions = (a: Version, b: Version): number => {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

const comparator = /^(>=|<=|>|<|=|\^|~>?|~=|==|!=)?\s*v?(\d[\w.*+-]*|[x*])$/i

const isStar = (text: string): boolean => /^[x*]$/i.test(text)

/** What one comparison says; undefined where nobody can tell. */
const satisfiesOne = (version: Version, text: string): boolean | undefined => {
  const match = comparator.exec(text)
  if (match === null) return undefined
  const [, operator = '', written = ''] = match
  if (isStar(written)) return true
  const wanted = parseVersion(written.replace(/\.[x*].*$/i, ''))
  if (wanted === undefined) return undefined
  const order = compareVersions(version, wanted)
  if (operator === '>=') return order >= 0
  if (operator === '<=') return order <= 0
  // `20` may be 20.0 or 20.9: only the numbers that are written decide, so that equal is not more and not less.
  if (operator === '>') return order > 0 || (order === 0 && version.length < wanted.length)
  if (operator === '<') return order < 0
  if (operator === '!=') return order !== 0 || version.length !== wanted.length
  if (operator === '^') return order >= 0 && version[0] === wanted[0]
  if (operator === '~' || operator === '~>' || operator === '~=') {
    const fixed = operator === '~=' ? wanted.length - 1 : Math.min(2, wanted.length)
    return order >= 0 && compareVersions(version.slice(0, fixed), wanted.slice(0, fixed)) === 0
  }
  return order === 0
}

/** `>=18 <21 || ^22` of npm and `>=3.10,<4` of Python; undefined where a part of it is not understood. */
export const satisfiesRange = (version: Version, range: string): boolean | undefined => {
  if (range.length > 200) return undefined
  let unknown = false
  for (const choice of range.split('||')) {
    const hyphen = /^\s*(\S{1,40})\s+-\s+(\S{1,40})\s*$/.exec(choice)
    const text = hyphen === null ? choice : `>=${hyphen[1]} <=${hyphen[2]}`
    const parts = text
      .replace(/(>=|<=|>|<|=|\^|~>?|!=)\s+/g, '$1')
      .split(/[\s,]+/)
      .filter((part) => part !== '')
    const answers = parts.map((part) => satisfiesOne(version, part))
    if (answers.every((answer) => answer === true)) return true
    if (answers.includes(undefined)) unknown = true
  }
  return unknown ? undefined : false
}
