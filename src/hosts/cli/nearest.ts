/** How many letters to change, add or take away to make one word the other. */
const distance = (a: string, b: string): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++)
      current.push(
        Math.min(
          (previous[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1),
        ),
      )
    previous = current
  }
  return previous[b.length] ?? 0
}

/** The names that a misspelt one may have meant, best first: few letters apart, or holding it. At most `most`. */
export const nearest = (word: string, names: readonly string[], most = 3): string[] => {
  const wanted = word.toLowerCase().slice(0, 100)
  return [...new Set(names)]
    .map((name) => {
      const lower = name.toLowerCase()
      const last = lower.slice(lower.lastIndexOf('/') + 1)
      const away = Math.min(distance(wanted, lower), distance(wanted, last))
      return { name, away: wanted.length >= 4 && lower.includes(wanted) ? Math.min(away, 1) : away }
    })
    .filter(({ away }) => away <= Math.max(2, wanted.length / 3))
    .sort((a, b) => a.away - b.away || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name)
}
