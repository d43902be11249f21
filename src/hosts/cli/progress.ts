import type { Workspace } from '../../ports/workspace.ts'

/** A scan that is over sooner shows nothing. Milliseconds. */
const patience = 1000
/** Milliseconds between two lines. */
const pause = 200

/**
 * Counts what is read and says so on one line that keeps changing, once the scan takes longer than a second.
 * @param clock milliseconds
 * @param write takes the text for standard error
 */
export const withProgress = (
  workspace: Workspace,
  clock: () => number,
  write: (text: string) => void,
): { workspace: Workspace; done: () => void } => {
  const start = clock()
  let read = 0
  let last = start + patience - pause
  let shown = false
  return {
    workspace: {
      list: () => workspace.list(),
      read: (path) => {
        read++
        const now = clock()
        if (now - last >= pause) {
          last = now
          shown = true
          write(`\r\u001b[2Kprodgate: ${read} files read, ${Math.floor((now - start) / 1000)} s`)
        }
        return workspace.read(path)
      },
    },
    done: () => {
      if (shown) write('\r\u001b[2K')
    },
  }
}
