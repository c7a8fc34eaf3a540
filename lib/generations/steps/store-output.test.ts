import { says } from '../../../tests/support/says.ts'
import { describe, expect, test } from 'vitest'
import { film } from '../../../tests/support/films/film.ts'
import { veoProviders } from '../../../tests/support/generations/queue-veo.ts'
import { driveToEnd } from '../../../tests/support/generations/test-generation.ts'
import { withStoring } from '../../../tests/support/database/with-storing.ts'
import { dueGenerations } from '../queries.ts'

const bed = withStoring()
const { use, make, expectStored, downloads, hoursSince, startFileServer } = bed

describe('a link', () => {
  test.each([
    ['that is good', '', 1],
    ['that leads on to another address', '#kie:link-redirect', 2],
    ['that has expired is asked for again', '#kie:link-403*1', 2],
    ['that is not there yet is asked for again', '#kie:link-404*2', 3],
    ['that answers a page at first is asked for again', '#kie:link-html*1', 2],
    ['whose file ends in the middle is fetched again', '#kie:link-truncated*1', 2],
    ['whose file is cut off, and says it is whole, is asked for again', '#kie:link-cut*1', 2],
  ])('%s is stored whole', async (_name, fault, asked) => {
    const row = await make(`a fox ${fault}`)
    expect(row).toMatchObject({ state: 'completed', output: null, isCostReported: true })
    expect(row.costMicros).toBe(400_000)
    await expectStored(row.id)
    expect(downloads()).toBe(asked)
    expect(bed.emulator.jobs).toHaveLength(1)
  })

  test('that is slow is waited for', async () => {
    const row = await make('a fox #kie:link-slow=1')
    expect(row).toMatchObject({ state: 'completed' })
    await expectStored(row.id)
    expect(downloads()).toBe(1)
  })

  test('that breaks off again and again is fetched in the end', async () => {
    const row = await make('a fox #kie:link-truncated*4')
    expect(row.state).toBe('completed')
    await expectStored(row.id)
  })

  test('into a private network is never followed, nor asked for again by itself', async () => {
    const row = await make('a fox #kie:link-private')
    expect(row).toMatchObject({ state: 'failed', errorCode: 'generation_failed' })
    const before = [...bed.emulator.requests]
    bed.deps.pass(24 * 60 * 60_000)
    expect(await dueGenerations(bed.deps.now(), 10)).toEqual([])
    await driveToEnd(row.id, bed.deps)
    expect(bed.emulator.requests).toEqual(before)
    expect(downloads()).toBe(1)
  })

  test('to broken bytes is asked for again for an hour, and then is a failure', async () => {
    const row = await make('a fox #kie:link-cut')
    expect(row).toMatchObject({
      state: 'failed',
      errorCode: 'generation_failed',
      errorMessage: says('The provider sent a file that isn’t a playable video. Retry.'),
    })
    // It was paid for, whatever came of it.
    expect(row.costMicros).toBe(400_000)
    expect(hoursSince(row)).toBeGreaterThan(1)
    expect(hoursSince(row)).toBeLessThan(2)
  })

  test('to more than we take is a failure at once', async () => {
    const row = await make('a fox #kie:link-huge')
    expect(row).toMatchObject({ state: 'failed', errorCode: 'generation_failed' })
    expect(downloads()).toBe(1)
  })

  test('to this machine is opened only for a provider of this machine', async () => {
    const { isOnThisMachine: _, ...elsewhere } = bed.deps.providers.get('kie')!
    use(elsewhere)
    const row = await make('a fox')
    expect(row).toMatchObject({ state: 'failed', errorCode: 'generation_failed' })
    expect(downloads()).toBe(0)
  })
})

describe('F6: what a provider delivers', () => {
  async function deliver(bytes: Buffer) {
    const { url } = await startFileServer(undefined, bytes)
    const { kie } = await veoProviders()
    const output = { kind: 'url', url } as const
    use({ ...kie, isOnThisMachine: true, check: async () => ({ status: 'completed', output }) })
    return make('a fox')
  }

  test('is kept as WebM where it is WebM', async () => {
    const bytes = await film({ container: 'webm', codec: 'vp9', hasSound: true })
    const { id, state, asset } = await deliver(bytes)
    expect(state).toBe('completed')
    expect(asset).toMatchObject({ contentType: 'video/webm', storageKey: `${id}/video.webm` })
    expect(asset).toMatchObject({ videoCodec: 'vp9', audioCodec: 'opus' })
  })

  test('is named where it is a film that is not read here, and not asked for again', async () => {
    const row = await deliver(Buffer.from('RIFF....AVI LIST'.padEnd(2_000, '.')))
    expect(row).toMatchObject({ state: 'failed', errorCode: 'generation_failed' })
    expect(row.errorMessage).toEqual(says(/^The provider sent a file in AVI format/))
    expect(hoursSince(row)).toBeLessThan(0.5)
  })
})

test('the key goes to the provider’s own origin, and to none it leads on to', async () => {
  const elsewhere = await startFileServer()
  const own = await startFileServer(elsewhere.url)
  const { kie } = await veoProviders()
  use({
    ...kie,
    isOnThisMachine: true,
    check: async () => ({ status: 'completed', output: { kind: 'url', url: own.url } }),
    headersFor: (url): Record<string, string> =>
      url.origin === new URL(own.url).origin ? { authorization: 'Bearer key' } : {},
  })
  expect((await make('a fox')).state).toBe('completed')
  expect(own.keys).toEqual(['Bearer key'])
  expect(elsewhere.keys).toEqual([undefined])
})
