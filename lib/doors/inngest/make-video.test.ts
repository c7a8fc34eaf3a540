import { InngestTestEngine } from '@inngest/test'
import { Inngest } from 'inngest'
import { expect, test } from 'vitest'
import { type Steps, makeVideo } from './make-video.ts'

const failures = {
  later: (text: string) => new Error(text),
  never: (text: string) => new Error(text),
}

test('a run waits longer each time, five minutes at most, and about a day in all', async () => {
  const waits: number[] = []
  const names = new Set<string>()
  const under = { fileId: 'file_1', status: 'processing', videoUrl: null, error: null }
  const step: Steps = {
    run: async (id) => {
      expect(names).not.toContain(id)
      names.add(id)
      return id === 'start' ? 'file_1' : under
    },
    sleep: async (_id, time) => void waits.push(Number(time.replace(/s$/, ''))),
  }
  expect(await makeVideo({}, step, failures)).toEqual(under)
  expect(waits.slice(0, 4)).toEqual([5, 7, 8, 11])
  expect(waits).toEqual(waits.toSorted((a, b) => a - b))
  expect(waits.at(-1)).toBe(300)
  const hours = waits.reduce((sum, one) => sum + one, 0) / 3600
  expect(hours).toBeGreaterThan(23)
  // Inngest ends a run of more than a thousand steps.
  expect(names.size + waits.length).toBeLessThan(1_000)
})

test('a video that was deleted or canceled meanwhile ends its run as failed', async () => {
  for (const status of ['deleted', 'canceled']) {
    const over = { fileId: 'file_1', status, videoUrl: null, error: null }
    const step: Steps = {
      run: async (id) => (id === 'start' ? 'file_1' : over),
      sleep: () => Promise.reject(new Error('nothing to wait for')),
    }
    await expect(makeVideo({}, step, failures)).rejects.toThrow(`${status}: file_1`)
  }
})

test('Inngest’s own engine runs it from step to step', async () => {
  const client = new Inngest({ id: 'test', isDev: true })
  const fn = client.createFunction(
    { id: 'makes', triggers: [{ event: 'e' }], checkpointing: false },
    ({ event, step }) => makeVideo(event, step, failures),
  )
  const look = (status: string) => ({ fileId: 'file_1', status, videoUrl: null, error: null })
  const engine = new InngestTestEngine({
    function: fn,
    steps: [
      { id: 'start', handler: () => 'file_1' },
      { id: 'look-1', handler: () => look('processing') },
      { id: 'wait-1', handler: () => {} },
      { id: 'look-2', handler: () => look('completed') },
    ],
  })
  expect((await engine.execute()).result).toEqual(look('completed'))
})
