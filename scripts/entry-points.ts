/** Every bundle of `dist/` and the file that it starts from. `cli` is small, and loads `cli-main`. */
export const entryPoints = {
  cli: 'src/hosts/cli/start.ts',
  'cli-main': 'src/hosts/cli/main.ts',
  action: 'src/hosts/action/main.ts',
} as const
