import { deploymentEvent, good, policy, run, shaOf, testWorld, type TestWorld } from './world.ts'

export const event = 'deployment_protection_rule'
/** The commit at the tip of main. */
export const main = shaOf('main')

/** A world in which the run of the deployment is there. */
export const worldOf = (law: string | undefined = policy(), files: Record<string, string> = good): TestWorld => {
  const world = testWorld(law, files)
  world.shop.runs.push({ ...run(55, main, 'waiting'), workflow: '.github/workflows/deploy.yml' })
  return world
}

/** Asks whether main may be deployed, and lets everything that follows happen. */
export const ask = async (world: TestWorld, more: object = {}): Promise<void> => {
  await world.deliver(event, deploymentEvent(main, more))
  await world.settle()
}

/** The answers that were given so far. */
export const states = ({ shop }: TestWorld): string[] => shop.answers.map(({ state }) => state)
