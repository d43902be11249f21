const declaration = /^\s*(?:<\?[^?]{0,4096}\?>\s*|<!--[^>]{0,4096}-->\s*)*/
const doctype = /^<!DOCTYPE\s+([\w:.-]+)/
const element = /^<([A-Za-z][\w:.-]*)/

/** The name of a document's outermost element, or the one that its DOCTYPE gives; undefined where neither is there. */
export const xmlRoot = (head: string): string | undefined => {
  const rest = head.slice(declaration.exec(head)?.[0].length ?? 0)
  return (doctype.exec(rest) ?? element.exec(rest))?.[1]
}

/** A moment in seconds or milliseconds since 1970, as the XML formats write it. */
export const momentOf = (value: string | undefined): string | undefined => {
  if (value === undefined || !/^\d{10}(?:\d{3})?$/.test(value)) return undefined
  return new Date(Number(value) * (value.length === 10 ? 1000 : 1)).toISOString()
}

const digits = /^\d{1,15}$/

/** A whole number that an attribute states. */
export const wholeOf = (value: string | undefined): number | undefined =>
  value !== undefined && digits.test(value) ? Number(value) : undefined
