import { zipSync } from 'fflate'

/** Files as a zip archive. */
export const zipOf = (files: Record<string, string | Uint8Array>): Buffer => {
  const entries = Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const)
  return Buffer.from(zipSync(Object.fromEntries(entries)))
}
