import { existsSync } from 'node:fs'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testContext, tinyRequest } from './test-request.ts'
import { check, createTestbed, follow, isAlive, sha256Of, start } from './test-bed.ts'
import { waitUntil } from '../../../../tests/support/wait-until.ts'

let bed: Awaited<ReturnType<typeof createTestbed>>

beforeEach(async () => {
  bed = await createTestbed()
})
afterEach(() => bed.close())

describe('rendering', () => {
  it('renders in a child, with progress that grows, at no cost', async () => {
    const provider = bed.createProvider()
    const seen = await follow(provider, await start(provider, 'one'))
    expect(seen.at(-1)).toMatchObject({
      status: 'completed',
      costMicros: 0,
      output: { kind: 'path' },
    })
    const progress = seen.flatMap((result) =>
      result.status === 'pending' ? [result.progress!] : [],
    )
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(seen[0]).toMatchObject({ status: 'pending', checkAgainMs: 500 })
  })

  it('adopts a render that another process began, and its end', async () => {
    const [first, second] = [bed.createProvider(), bed.createProvider()]
    const operation = await start(first, 'shared')
    await start(second, 'shared')
    const [one, two] = await Promise.all([follow(first, operation), follow(second, operation)])
    expect(one.at(-1)).toEqual(two.at(-1))
    expect((await bed.filesOf('shared')).filter((name) => name.startsWith('attempt'))).toHaveLength(
      1,
    )
    await start(second, 'shared')
    expect((await check(second, operation)).status).toBe('completed')
  })

  it('renders again, byte for byte, where the directory is gone', { tags: 'long' }, async () => {
    const provider = bed.createProvider()
    const request = tinyRequest({ prompt: 'дождь в ночном городе', generateAudio: false })
    const operation = await start(provider, 'gone', request)
    const before = await sha256Of((await follow(provider, operation)).at(-1))
    await rm(join(bed.directory, 'gone'), { recursive: true })
    expect(await sha256Of((await follow(provider, operation)).at(-1))).toBe(before)
  })

  it('waits where no place is free', async () => {
    const provider = await bed.createProviderRunning('setInterval(() => {}, 1000)', {
      maxChildren: 1,
    })
    await start(provider, 'first')
    const operation = await start(provider, 'second')
    expect(await check(provider, operation)).toMatchObject({ status: 'pending', progress: 0 })
    expect(await bed.filesOf('second')).toEqual(['request.json'])
  })
})

describe('ending', () => {
  it('cancels: the child dies, the film goes, and it stays so', async () => {
    const provider = bed.createProvider()
    const operation = await start(provider, 'stop', tinyRequest({ durationSeconds: 10 }))
    const pid = await bed.pidOf('stop')
    await provider.cancel!(operation, testContext())
    expect(() => process.kill(pid, 0)).toThrow()
    expect(await bed.filesOf('stop')).toEqual(['canceled'])
    const result = await check(provider, operation)
    expect(result).toMatchObject({
      status: 'failed',
      error: { code: 'not_found_or_expired', retryable: false },
    })
    expect(await provider.find!('stop', testContext())).toBeNull()
    await provider.cancel!(operation, testContext())
  })

  it('is canceled by another process too', { tags: 'long' }, async () => {
    const [owner, other] = [bed.createProvider(), bed.createProvider()]
    const operation = await start(owner, 'afar', tinyRequest({ durationSeconds: 10 }))
    const pid = await bed.pidOf('afar')
    await other.cancel!(operation, testContext())
    await waitUntil(() => !isAlive(pid))
    expect(await check(owner, operation)).toMatchObject({ status: 'failed' })
  })

  it('finds what was started and nothing else', async () => {
    const provider = await bed.createProviderRunning('setInterval(() => {}, 1000)')
    const operation = await start(provider, 'found')
    expect(await provider.find!('found', testContext())).toEqual({ operation })
    expect(await provider.find!('never', testContext())).toBeNull()
  })

  it('deletes everything on release', async () => {
    const provider = bed.createProvider()
    const operation = await start(
      provider,
      'done',
      tinyRequest({ generateAudio: false, prompt: 'hello' }),
    )
    await follow(provider, operation)
    await provider.releaseProviderFiles!(operation)
    expect(existsSync(join(bed.directory, 'done'))).toBe(false)
    await provider.releaseProviderFiles!(operation)
  })
})

describe('bad input', () => {
  it.each(['../evil', 'a/b', '', '.', '..', 'a\0b', 'x'.repeat(200)])(
    'refuses the key %j',
    async (key) => {
      const provider = bed.createProvider()
      const failure = { code: 'invalid_input', submitOutcome: 'no_job' }
      await expect(start(provider, key)).rejects.toMatchObject(failure)
      await expect(provider.find!(key, testContext())).rejects.toMatchObject(failure)
      expect(await readdir(bed.directory)).toEqual([])
    },
  )

  it('refuses an operation that is not its own', async () => {
    await expect(check(bed.createProvider(), { id: 1 })).rejects.toMatchObject({
      code: 'not_found_or_expired',
    })
  })

  it('says that nothing was made where the directory is unusable', async () => {
    const file = join(bed.directory, 'file')
    await writeFile(file, '')
    const provider = bed.createProvider({ directory: file })
    await expect(start(provider, 't')).rejects.toMatchObject({
      code: 'provider_unavailable',
      submitOutcome: 'no_job',
    })
    expect((await provider.health(testContext())).state).toBe('down')
    expect((await bed.createProvider().health(testContext())).state).toBe('ok')
  })
})
