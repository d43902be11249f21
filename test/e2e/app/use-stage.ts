import { afterAll, afterEach, beforeAll } from 'vitest'
import { buildApp, type BuiltApp } from './build-app.ts'
import { Stage, type StageOptions } from './stage.ts'

/**
 * Builds the App for the stories of one file, and lets them share one App where they ask for it. After each story GitHub's
 * description was kept to and the log holds nothing secret.
 */
export const useStage = () => {
  let built: BuiltApp | undefined
  let shared: Promise<Stage> | undefined
  const own: Stage[] = []
  beforeAll(async () => {
    built = await buildApp()
  })
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
    built?.remove()
  })
  const bundle = (): string => {
    if (built === undefined) throw new Error('the App is not built yet')
    return built.bundle
  }
  return {
    /** The App that the stories of this file share. Each has an organisation of its own. */
    shared: (): Promise<Stage> => (shared ??= Stage.open({ bundle: bundle() })),
    /** An App of the story's own, to be killed, stopped or given another clock. It is not started yet. */
    prepare: async (options: Omit<StageOptions, 'bundle'> = {}): Promise<Stage> => {
      const stage = await Stage.prepare({ bundle: bundle(), ...options })
      own.push(stage)
      return stage
    },
    open: async (options: Omit<StageOptions, 'bundle'> = {}): Promise<Stage> => {
      const stage = await Stage.open({ bundle: bundle(), ...options })
      own.push(stage)
      return stage
    },
  }
}
