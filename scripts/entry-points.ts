/** Every bundle of `dist/` and the file that it starts from. `cli` is small, and loads `cli-main`. */
export const entryPoints = {
  cli: 'src/hosts/cli/start.ts',
  'cli-main': 'src/hosts/cli/main.ts',
  action: 'src/hosts/action/main.ts',
} as const

/** The App's bundles: Node 24, with their dependencies installed beside them. */
export const appEntryPoints = {
  app: 'src/hosts/app/main.ts',
  'app-judge': 'src/hosts/app/judge-thread.ts',
} as const
