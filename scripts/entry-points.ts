/** Every self-contained bundle of `dist/` and the file that it starts from. `cli` is small, and loads `cli-main`. */
export const entryPoints = {
  cli: 'src/hosts/cli/start.ts',
  'cli-main': 'src/hosts/cli/main.ts',
  action: 'src/hosts/action/main.ts',
} as const

/** The App's judging threads, self-contained as well. */
export const appJudge = { 'app-judge': 'src/hosts/app/judge-thread.ts' }

/** The App: on Node 24, with its dependencies installed beside it. */
export const app = { app: 'src/hosts/app/main.ts' }
