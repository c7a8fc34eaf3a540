import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Emulator } from '../../../tests/emulators/emulator.ts'
import { startVertexEmulator } from '../../../tests/emulators/vertex-emulator.ts'
import { queueVeo } from '../../../tests/support/generations/queue-veo.ts'
import { aProviderError } from '../../../tests/support/generations/scripted-provider.ts'
import { driveToEnd } from '../../../tests/support/generations/test-generation.ts'
import { waitUntil } from '../../../tests/support/wait-until.ts'
import { withStoring } from '../../../tests/support/database/with-storing.ts'
import type { Provider } from '../../ai/providers/provider.ts'
import { createVertexProvider } from '../../ai/providers/vertex/vertex-provider.ts'
import { advance } from '../engine/advance.ts'
import { findGeneration } from '../queries.ts'

const bed = withStoring()
const { open, use, make, expectStored, hoursSince } = bed

describe('a fetch', () => {
  const atVertex = { provider: 'vertex', providerLabel: 'Vertex AI' }
  let vertex: Emulator
  let provider: Provider

  beforeEach(async () => {
    vertex = await startVertexEmulator()
    open.push(vertex)
    provider = createVertexProvider({
      project: 'p',
      location: 'l',
      baseUrl: vertex.url,
      answersDirectory: tmpdir(),
    })
    use(provider)
  })

  test('is stored whole', async () => {
    const row = await make('a fox #vertex:seconds=0', atVertex)
    expect(row).toMatchObject({ state: 'completed', costMicros: 1_200_000, isCostReported: false })
    await expectStored(row.id)
  })

  test('is not spoilt by a process that held the lease before and writes on', async () => {
    const isOver = Promise.withResolvers<void>()
    const paths: string[] = []
    use({
      ...provider,
      async fetch(operation, path, context) {
        paths.push(path)
        if (paths.length > 1) return provider.fetch!(operation, path, context)
        await writeFile(path, 'half of a video')
        await isOver.promise
        await writeFile(path, 'of another time')
      },
    })
    const { id } = await queueVeo(bed.deps, { prompt: 'a fox #vertex:seconds=0', ...atVertex })
    await advance(id, bed.deps)
    while ((await findGeneration(id))!.state !== 'storing')
      await advance(id, bed.deps, { force: true })
    const before = advance(id, bed.deps)
    await waitUntil(() => paths.length === 1)
    bed.deps.pass(bed.deps.pace.leaseMs + 1)
    await advance(id, bed.deps)
    isOver.resolve()
    await before
    expect((await findGeneration(id))!.state).toBe('completed')
    await expectStored(id)
    expect(new Set(paths).size).toBe(2)
    expect(await readdir(bed.deps.workFolder)).toEqual([])
  })

  test('takes away what a process that died has left', async () => {
    const { id } = await queueVeo(bed.deps, { prompt: 'a fox #vertex:seconds=0', ...atVertex })
    await mkdir(join(bed.deps.workFolder, `${id}-pictures`), { recursive: true })
    await writeFile(join(bed.deps.workFolder, `${id}.lease.mp4`), 'half of a video')
    await writeFile(join(bed.deps.workFolder, 'of-another'), '')
    await driveToEnd(id, bed.deps)
    expect(await readdir(bed.deps.workFolder)).toEqual(['of-another'])
  })

  test('that fails is made again', async () => {
    let outages = 2
    use({
      ...provider,
      fetch: async (...asked) => {
        if (outages-- > 0) throw aProviderError()
        await provider.fetch!(...asked)
      },
    })
    const row = await make('a fox #vertex:seconds=0', atVertex)
    expect(row.state).toBe('completed')
    expect(vertex.jobs).toHaveLength(1)
  })

  test('that now fails and now finds nothing is tried for a day, and no longer', async () => {
    let asked = 0
    use({
      ...provider,
      fetch: () =>
        Promise.reject(
          asked++ % 2 === 0
            ? aProviderError()
            : aProviderError({ retryable: false }, 'not_found_or_expired'),
        ),
    })
    const { id } = await queueVeo(bed.deps, { prompt: 'a fox #vertex:seconds=0', ...atVertex })
    const { row } = await driveToEnd(id, bed.deps, 400)
    expect(row).toMatchObject({ state: 'failed', errorCode: 'output_expired' })
    expect(hoursSince(row!)).toBeGreaterThanOrEqual(24)
    expect(hoursSince(row!)).toBeLessThan(26)
  })

  test('of a video that is gone fails with that reason', async () => {
    let asked = 0
    use({
      ...provider,
      fetch: () => {
        asked++
        return Promise.reject(aProviderError({ retryable: false }, 'not_found_or_expired'))
      },
    })
    const row = await make('a fox #vertex:seconds=0', atVertex)
    expect(row).toMatchObject({ state: 'failed', errorCode: 'output_expired' })
    expect(hoursSince(row)).toBeGreaterThanOrEqual(24)
    expect(asked).toBeGreaterThan(6)
  })
})
