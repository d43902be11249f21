import { editDistance } from '../../core/edit-distance.ts'

/** The names that a misspelt one may have meant, best first: few letters apart, or holding it. At most `most`. */
export const nearest = (word: string, names: readonly string[], most = 3): string[] => {
  const wanted = word.toLowerCase().slice(0, 100)
  return [...new Set(names)]
    .map((name) => {
      const lower = name.toLowerCase()
      const last = lower.slice(lower.lastIndexOf('/') + 1)
      const away = Math.min(editDistance(wanted, lower), editDistance(wanted, last))
      return { name, away: wanted.length >= 4 && lower.includes(wanted) ? Math.min(away, 1) : away }
    })
    .filter(({ away }) => away <= Math.max(2, wanted.length / 3))
    .sort((a, b) => a.away - b.away || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name)
}
