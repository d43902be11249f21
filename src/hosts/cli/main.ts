import { InputError } from '../../core/errors.ts'
import { version } from '../version.ts'
import { readArguments, type Arguments } from './arguments.ts'
import { diagnosticText } from './diagnostics.ts'
import { exitCodes } from './exit-codes.ts'
import { helpText } from './help.ts'
import { processTerminal, type Terminal } from './terminal.ts'

type Run = (args: Arguments, terminal: Terminal) => number | Promise<number>

const say = (text: (args: Arguments) => string): Run => {
  return (args, terminal) => {
    terminal.out(text(args))
    return exitCodes.ok
  }
}

// Each command is loaded when it is asked for, so that help and version wait for nothing.
const commands: Record<Arguments['command'], Run> = {
  help: say(({ about }) => helpText(about)),
  version: say(() => `${version}\n`),
  check: async (...given) => (await import('./commands/check.ts')).check(...given),
  evidence: async (...given) => (await import('./commands/evidence.ts')).evidence(...given),
  explain: async (...given) => (await import('./commands/explain.ts')).explain(...given),
  rules: async (...given) => (await import('./commands/rules.ts')).listRules(...given),
  validate: async (...given) => (await import('./commands/validate.ts')).validate(...given),
  init: async (...given) => (await import('./commands/init.ts')).init(...given),
  'test-rules': async (...given) => (await import('./commands/test-rules.ts')).testRules(...given),
}

const explainFailure = (error: unknown, terminal: Terminal): number => {
  if (error instanceof InputError) {
    terminal.err(diagnosticText(error.diagnostics))
    return exitCodes.usage
  }
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  terminal.err(
    `prodgate ${version} has a bug: ${said}\n` +
      'Please open an issue for Prodgate with this line and the command; PRODGATE_DEBUG=1 adds where it happened.\n',
  )
  if (terminal.env['PRODGATE_DEBUG'] && error instanceof Error) terminal.err(`${error.stack ?? ''}\n`)
  return exitCodes.bug
}

/**
 * Runs the command line of this process. The exit code is set and the process is left to end by itself: what is still on its
 * way into a pipe gets there.
 */
export const main = async (): Promise<void> => {
  const terminal = processTerminal()
  try {
    const args = readArguments(process.argv.slice(2))
    process.exitCode = await commands[args.command](args, terminal)
  } catch (error) {
    process.exitCode = explainFailure(error, terminal)
  }
}
