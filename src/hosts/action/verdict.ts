import type { Report } from '../../core/report.ts'
import type { Inputs } from './inputs.ts'

/** One line for the log, the annotation and whoever reads the list of runs. */
export const headlineOf = ({ decision, environment, score, reasons }: Report): string =>
  `prodgate: ${decision} for ${environment}, score ${score.low}-${score.high}${reasons[0] === undefined ? '' : `: ${reasons[0].message}`}`

/** Whether the step fails. An environment in observe mode is told and never held back. */
export const fails = ({ decision, reasons }: Report, failOn: Inputs['failOn']): boolean => {
  if (failOn === 'never' || reasons.some(({ code }) => code === 'observe-mode')) return false
  return decision === 'no-go' || (failOn === 'conditional' && decision === 'conditional')
}
