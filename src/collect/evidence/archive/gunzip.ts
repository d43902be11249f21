import { Gunzip } from 'fflate'

/** So much is inflated at once. Bytes. */
const step = 4_096

/**
 * The first bytes of what a gzip holds, and whether it is whole as far as it was read.
 * @param most where reading ends, in bytes of the content
 */
export const gunzipStart = (bytes: Uint8Array, most: number): { content: Uint8Array; broken: boolean } => {
  const chunks: Uint8Array[] = []
  const seen = { size: 0, ended: false }
  const gunzip = new Gunzip((chunk, final) => {
    chunks.push(chunk)
    seen.size += chunk.length
    seen.ended ||= final
  })
  let broken = false
  try {
    for (let at = 0; at < bytes.length; at += step) {
      gunzip.push(bytes.subarray(at, at + step), at + step >= bytes.length)
      if (seen.size >= most) break
    }
  } catch {
    broken = true
  }
  const content = new Uint8Array(Math.min(seen.size, most))
  let at = 0
  for (const chunk of chunks) {
    const part = chunk.subarray(0, Math.max(0, content.length - at))
    content.set(part, at)
    at += part.length
  }
  return { content, broken: broken || (seen.size < most && !seen.ended) }
}
