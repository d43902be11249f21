import { expect, test } from 'vitest'
import { appMetrics } from '../../../src/hosts/app/metrics.ts'

test('a scrape shows the queues as they are at that moment, with one question to the database', async () => {
  let asked = 0
  const metrics = appMetrics({
    depth: async () => {
      asked += 1
      await new Promise((resolve) => {
        setTimeout(resolve, 5)
      })
      return [{ name: 'gate', waiting: asked, active: asked + 1, dead: asked + 2, oldestSeconds: asked + 3 }]
    },
  })
  for (const scrape of [1, 2]) {
    const lines = (await metrics.text()).split('\n').filter((line) => line.startsWith('prodgate_queue'))
    expect(lines).toEqual([
      `prodgate_queue_waiting_jobs{queue="gate"} ${scrape}`,
      `prodgate_queue_active_jobs{queue="gate"} ${scrape + 1}`,
      `prodgate_queue_dead_jobs{queue="gate"} ${scrape + 2}`,
      `prodgate_queue_oldest_seconds{queue="gate"} ${scrape + 3}`,
    ])
    expect(asked).toBe(scrape)
  }
})

test('a database that does not answer fails the scrape', async () => {
  const metrics = appMetrics({ depth: () => Promise.reject(new Error('gone')) })
  await expect(metrics.text()).rejects.toThrow('gone')
})
