import type { FactValue } from '../../core/facts/index.ts'
import { defined } from '../shape.ts'
import type { Context } from './context.ts'
import { secretNameKind, secretValue } from './secret-value.ts'
import type { Step } from './stages.ts'

const tlsSwitches: Record<string, RegExp> = {
  NODE_TLS_REJECT_UNAUTHORIZED: /^0$/,
  PYTHONHTTPSVERIFY: /^0$/,
  GIT_SSL_NO_VERIFY: /^(?:1|true)$/i,
  NPM_CONFIG_STRICT_SSL: /^false$/i,
  GOINSECURE: /./,
}

const modeSwitches: Record<string, RegExp> = {
  NODE_ENV: /^dev/i,
  FLASK_ENV: /^dev/i,
  FLASK_DEBUG: /^(?:1|true|on)$/i,
  DJANGO_DEBUG: /^(?:1|true|on)$/i,
  RAILS_ENV: /^dev/i,
  RACK_ENV: /^dev/i,
  APP_ENV: /^(?:dev|local)/i,
  APP_DEBUG: /^(?:1|true|on)$/i,
  ASPNETCORE_ENVIRONMENT: /^dev/i,
  DOTNET_ENVIRONMENT: /^dev/i,
}

type Variable = FactValue<'docker.variable'>

const variableValue = (
  name: string,
  value: string | undefined,
  computed: boolean,
): Omit<Variable, 'stage' | 'ships' | 'development' | 'instruction'> => {
  const judged = value === undefined || computed ? { value: 'none' as const } : secretValue(name, value)
  return defined({
    name,
    namesSecret: secretNameKind(name) !== undefined,
    secret: judged.value,
    secretKind: 'kind' in judged ? judged.kind : undefined,
    hasValue: value !== undefined && value !== '',
    disablesTls: value !== undefined && Object.hasOwn(tlsSwitches, name) && tlsSwitches[name]?.test(value) === true,
    developmentMode:
      value !== undefined && Object.hasOwn(modeSwitches, name) && modeSwitches[name]?.test(value) === true,
  })
}

/** One fact for each name that an ENV or ARG sets. */
export const variableFacts = (context: Context, step: Step): void => {
  const { instruction } = step
  for (const { name, value, offset, computed } of step.assignments)
    context.fact('docker.variable', {
      subject: `${instruction.keyword} ${name}`,
      line: instruction.lineAt(offset),
      value: {
        ...context.shared,
        instruction: instruction.keyword === 'ENV' ? 'ENV' : 'ARG',
        ...variableValue(name, value, computed && value !== undefined && value.includes('$')),
      },
    })
}

/** A fact for a variable that a RUN sets for a command or exports. */
export const runVariableFact = (context: Context, word: string, line: number): void => {
  const equals = word.indexOf('=')
  const [name, value] = [word.slice(0, equals), word.slice(equals + 1)]
  if (!/^[A-Za-z_]\w*$/.test(name)) return
  context.fact('docker.variable', {
    subject: `RUN ${name}`,
    line,
    value: { ...context.shared, instruction: 'RUN', ...variableValue(name, value, value.includes('$')) },
  })
}
