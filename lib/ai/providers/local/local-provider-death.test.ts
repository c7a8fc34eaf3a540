import { inEnglish } from '#lib/messages/translate'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testContext, tinyRequest } from './test-request.ts'
import { createTestbed, follow, isAlive, start } from './test-bed.ts'
import { waitUntil } from '../../../../tests/support/wait-until.ts'

let bed: Awaited<ReturnType<typeof createTestbed>>

beforeEach(async () => {
  bed = await createTestbed()
})
afterEach(() => bed.close())

describe('death', () => {
  it('continues what a killed server left, and calls it no crash', async () => {
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

  it('tries once more after a child was killed under us', async () => {
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

  it('renders again when a child of another process has gone silent', async () => {
    const elsewhere = await bed.createProviderRunning('setInterval(() => {}, 1000)')
    const operation = await start(elsewhere, 'silent')
    await writeFile(
      join(bed.directory, 'silent', 'attempt-1.json'),
      JSON.stringify({ startedAt: Date.now() - 11_000 }),
    )
    const here = bed.createProvider()
    expect((await follow(here, operation)).at(-1)?.status).toBe('completed')
  })
})
