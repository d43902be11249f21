import type { GitHub } from '../simulator/github.ts'

/** The bad weather between the App and GitHub: slow, broken, limited and lost answers. */
export const storm = (github: GitHub): void => {
  const answer = 'POST *deployment_protection_rule'
  const { faults } = github
  faults.add({ kind: 'latency', milliseconds: 15 })
  faults.add({ kind: 'drop', route: answer, probability: 0.08, carriedOut: true })
  faults.add({ kind: 'bad-gateway', route: answer, probability: 0.04, carriedOut: true })
  faults.add({ kind: 'drop', probability: 0.02 })
  faults.add({ kind: 'bad-gateway', probability: 0.03 })
  faults.add({ kind: 'secondary-limit', retryAfter: 1, probability: 0.01 })
  faults.add({ kind: 'expired-token', probability: 0.02 })
}

/** One in eight requests for a deployment is lost on the way, and as many come twice. */
export const stormOnTheWay = (github: GitHub, random: () => number): void => {
  const event = 'deployment_protection_rule'
  const dice = random()
  if (dice < 0.12) github.deliveries.faults.push({ event, kind: 'lost' })
  else if (dice < 0.25) github.deliveries.faults.push({ event, kind: 'twice' })
}

/** The weather clears up. */
export const calm = (github: GitHub): void => {
  github.faults.clear()
  github.deliveries.faults.length = 0
}
