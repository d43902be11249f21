/** Every bundle of `dist/` and the file that it starts from. */
export const entryPoints = {
  cli: 'src/hosts/cli/main.ts',
  action: 'src/hosts/action/main.ts',
} as const
