/** Every self-contained bundle of `dist/` that is an ES module, and the file that it starts from. */
export const entryPoints = { cli: 'src/hosts/cli/start.ts', action: 'src/hosts/action/main.ts' } as const

/** What `cli` loads: a script, since Node keeps all compiled code of a script alone. */
export const cliMain = { 'cli-main': 'src/hosts/cli/main.ts' }

/** The App's judging threads, self-contained as well. */
export const appJudge = { 'app-judge': 'src/hosts/app/judge-thread.ts' }

/** The App: on Node 24, with its dependencies installed beside it. */
export const app = { app: 'src/hosts/app/main.ts' }
