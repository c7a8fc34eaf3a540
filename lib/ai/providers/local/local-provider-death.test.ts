import { inEnglish } from '#lib/messages/translate'
import { writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testContext, tinyRequest } from './test-request.ts'
import { check, createTestbed, follow, isAlive, start } from './test-bed.ts'
import { waitUntil } from '../../../../tests/support/wait-until.ts'

let bed: Awaited<ReturnType<typeof createTestbed>>

beforeEach(async () => {
  bed = await createTestbed()
})
afterEach(() => bed.close())

describe('death', () => {
  it('continues what a killed server left, and calls it no crash', { tags: 'long' }, async () => {
    const before = bed.createProvider()
    const operation = await start(before, 'restart', tinyRequest({ durationSeconds: 6 }))
    await bed.pidOf('restart')
    await before.close?.()
    expect((await follow(bed.createProvider(), operation)).at(-1)?.status).toBe('completed')
    const names = await bed.filesOf('restart')
    expect(names).toContain('attempt-2.json')
    expect(names.filter((name) => name.startsWith('error'))).toEqual([])
  })

  it('leaves no orphan when the server is killed, and continues its film', async () => {
    const server = await bed.startServer('orphan', tinyRequest({ durationSeconds: 6 }))
    const pid = await bed.pidOf('orphan')
    server.kill('SIGKILL')
    await waitUntil(() => !isAlive(pid))
    const provider = bed.createProvider()
    const found = await provider.find!('orphan', testContext())
    expect((await follow(provider, found!.operation)).at(-1)?.status).toBe('completed')
    expect((await bed.filesOf('orphan')).filter((name) => name.startsWith('error'))).toEqual([])
  })

  it('tries once more after a child was killed under us', { tags: 'long' }, async () => {
    const provider = bed.createProvider()
    const operation = await start(provider, 'oom', tinyRequest({ durationSeconds: 6 }))
    process.kill(await bed.pidOf('oom'), 'SIGKILL')
    expect((await follow(provider, operation)).at(-1)?.status).toBe('completed')
    expect(await bed.filesOf('oom')).toContain('error-1.json')
  })

  it('gives up after two crashes, with what the child said', async () => {
    const provider = await bed.createProviderRunning('console.error("no codec"); process.exit(3)')
    const result = (await follow(provider, await start(provider, 'crash'))).at(-1)
    if (result?.status !== 'failed') throw new Error('not failed')
    expect(result.error).toMatchObject({
      code: 'generation_failed',
      submitOutcome: 'job_made',
      retryable: true,
    })
    expect(result.error.message).toContain('no codec')
    expect(inEnglish(result.error.userMessage)).not.toContain('codec')
    expect((await bed.filesOf('crash')).filter((name) => name.startsWith('attempt'))).toHaveLength(
      2,
    )
  })

  it('kills a child that hangs', async () => {
    const provider = await bed.createProviderRunning('for (;;) {}', { hangAfterMs: 200 })
    const result = (await follow(provider, await start(provider, 'hang'))).at(-1)
    if (result?.status !== 'failed') throw new Error('not failed')
    expect(result.error.message).toContain('no progress')
  })

  it('gives up where the child cannot even be started', async () => {
    const provider = bed.createProvider({ command: { execPath: '/no/such/node' } })
    const result = (await follow(provider, await start(provider, 'enoent'))).at(-1)
    expect(result?.status).toBe('failed')
  })

  describe('the child of another process', { tags: 'long' }, () => {
    const ago = (ms: number) => Date.now() - ms
    const here = { pid: process.pid, host: hostname() }
    const gone = { ...here, pid: 2 ** 22 - 3 }
    const elsewhere = { pid: 1, host: 'another' }

    it('is given up: one that never reported, whose server is gone', () =>
      expectGivenUp('', gone, 11_000))

    it.each([
      ['whose server is unknown', undefined, 11_000],
      ['whose server runs on another machine', elsewhere, 11_000],
      ['whose server lives, but has long not seen to it', here, 61_000],
    ])('is given up: one that never reported, %s', { tags: 'long' }, expectGivenUp)

    async function expectGivenUp(_: string, by: object | undefined, silentMs: number) {
      const operation = await claimed({ startedAt: ago(silentMs), by })
      const result = (await follow(bed.createProvider(), operation)).at(-1)
      expect(result?.status).toBe('completed')
      expect(await bed.filesOf('silent')).toContain('attempt-2.json')
    }

    it.each([
      ['has just been started', gone, 1000],
      ['waits for a busy processor', here, 30_000],
    ])('is waited for while it %s', async (_, by, silentMs) => {
      const operation = await claimed({ startedAt: ago(silentMs), by })
      expect(await check(bed.createProvider(), operation)).toMatchObject({ status: 'pending' })
      expect(await bed.filesOf('silent')).not.toContain('attempt-2.json')
    })

    it.each([
      ['lives and is silent for 30 s', here, 30_000, false],
      ['lives and is silent for 61 s', here, 61_000, true],
      ['is on another machine and silent for 11 s', elsewhere, 11_000, true],
      ['is gone', gone, 0, true],
    ])('that reported: %s', async (_, process, silentMs, isRendered) => {
      const operation = await claimed({ startedAt: ago(silentMs), by: here })
      const at = ago(silentMs)
      await writeFile(
        join(bed.directory, 'silent', 'progress.json'),
        JSON.stringify({
          ...process,
          attempt: 1,
          progress: 3,
          message: '',
          updatedAt: at,
          advancedAt: at,
        }),
      )
      await check(bed.createProvider(), operation)
      expect((await bed.filesOf('silent')).includes('attempt-2.json')).toBe(isRendered)
    })

    /** A render whose first attempt was claimed so, and whose child says nothing. */
    async function claimed(claim: object) {
      const mute = await bed.createProviderRunning('setInterval(() => {}, 1000)')
      const operation = await start(mute, 'silent')
      await writeFile(join(bed.directory, 'silent', 'attempt-1.json'), JSON.stringify(claim))
      return operation
    }
  })
})
