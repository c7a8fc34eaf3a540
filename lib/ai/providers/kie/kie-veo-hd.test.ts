import { says } from '../../../../tests/support/says.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Json } from '../provider.ts'
import { createTestbed, follow, start, testContext, testRequest } from './test-bed.ts'
import { waitUntil } from '../../../../tests/support/wait-until.ts'

let bed: Awaited<ReturnType<typeof createTestbed>>

beforeAll(async () => {
  bed = await createTestbed()
})
afterAll(() => bed.close())

const hd = (prompt: string) => testRequest({ prompt, resolution: '1080p' })
const hdLooks = () => bed.emulator.requests.filter((one) => one.includes('get-1080p')).length

it.each(['fox', 'fox #kie:hd-422'])('waits for the 1080p version of "%s"', async (prompt) => {
  const operation = await start(bed.provider, hd(prompt))
  const [job] = bed.emulator.jobsOf(prompt)
  expect(job!.details.body).toMatchObject({ resolution: '720p' })
  const seen = await follow(bed.provider, operation)
  expect(seen.at(-1)).not.toHaveProperty('note')
  expect(seen.at(-1)).toMatchObject({
    status: 'completed',
    output: { url: `${bed.emulator.linkOf(job!)}?1080p` },
    costMicros: 400_000,
  })
  const waiting = seen.filter((one) => one.status === 'pending' && one.operation)
  expect(waiting).toHaveLength(2)
  expect(waiting[0]).toMatchObject({
    message: says('Making the 1080p version'),
    checkAgainMs: 20_000,
    operation: { completedAt: expect.any(Number) },
  })
})

it('asks for no 1080p version of a 720p video', async () => {
  const before = hdLooks()
  await follow(bed.provider, await start(bed.provider, testRequest({ prompt: '720p' })))
  expect(hdLooks()).toBe(before)
})

/** Looks until the 720p version is there; answers the operation that waits for the other one. */
async function waitingFor(prompt: string): Promise<Json> {
  const operation = await start(bed.provider, hd(prompt))
  const result = await waitUntil(async () => {
    const result = await bed.provider.check(operation, testContext())
    return result.status === 'pending' && result.operation ? result.operation : undefined
  })
  return JSON.parse(JSON.stringify(result))
}

it('hands out the 720p version after 15 minutes, in any process', async () => {
  const operation = await waitingFor('never #kie:hd-never')
  const [job] = bed.emulator.jobsOf('never #kie:hd-never')
  const { completedAt } = operation as { completedAt: number }
  const checkAfter = (minutes: number) =>
    bed
      .createProvider()
      .check(operation, testContext({ now: () => new Date(completedAt + minutes * 60_000) }))
  expect(await checkAfter(14.9)).toMatchObject({ status: 'pending', operation: { completedAt } })
  expect(await checkAfter(15)).toEqual({
    status: 'completed',
    output: { kind: 'url', url: bed.emulator.linkOf(job!) },
    costMicros: 400_000,
    note: says('Kie.ai made no 1080p version. This is 720p.'),
  })
})

it('keeps waiting where the look for the 1080p version fails', async () => {
  const operation = await waitingFor('broken')
  const fetchBroken: typeof fetch = (url, init) =>
    typeof url === 'string' && url.includes('get-1080p')
      ? Promise.resolve(new Response('<html>', { status: 502 }))
      : fetch(url, init)
  const result = await bed.provider.check(operation, testContext({ fetch: fetchBroken }))
  expect(result).toMatchObject({ status: 'pending', operation })
})
