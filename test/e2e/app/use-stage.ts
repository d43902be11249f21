import { afterAll, afterEach } from 'vitest'
import { builtApp, emptyDatabase } from '../../bundles/bundles.ts'
import { Stage, type StageOptions } from './stage.ts'

type Wishes = Omit<StageOptions, 'bundle'>

/**
 * Apps for the stories of one file, and one that they share where they ask for it. After each story GitHub's description was
 * kept to and the log holds nothing secret.
 */
export const useStage = (wishes: Wishes = {}) => {
  // Each has a database of its own; that its tables are there already saves most of the time that a first start takes.
  const usual = { bundle: builtApp(), database: emptyDatabase(), ...wishes }
  let shared: Promise<Stage> | undefined
  const own: Stage[] = []
  afterEach(async () => {
    const stages = [...(shared === undefined ? [] : [await shared]), ...own]
    for (const { github } of stages) {
      github.faults.clear()
      github.deliveries.faults.length = 0
    }
    await Promise.all(own.map((stage) => stage.close()))
    own.length = 0
    for (const stage of stages) stage.check()
  })
  afterAll(async () => {
    await (await shared)?.close()
  })
  return {
    /** The App that the stories of this file share. Each has an organisation of its own. */
    shared: (): Promise<Stage> => (shared ??= Stage.open(usual)),
    /** An App of the story's own, to be killed, stopped or given another clock. It is not started yet. */
    prepare: async (more: Wishes = {}): Promise<Stage> => {
      const stage = await Stage.prepare({ ...usual, ...more })
      own.push(stage)
      return stage
    },
    open: async (more: Wishes = {}): Promise<Stage> => {
      const stage = await Stage.open({ ...usual, ...more })
      own.push(stage)
      return stage
    },
  }
}
