import { describe, expect } from 'vitest'
import { queueVeo } from '../../../tests/support/generations/queue-veo.ts'
import { aProviderError } from '../../../tests/support/generations/scripted-provider.ts'
import { driveToEnd } from '../../../tests/support/generations/test-generation.ts'
import { tinyMp4 } from '../../../tests/support/films/tiny-mp4.ts'
import { veoBed } from '../../../tests/support/database/with-bed.ts'
import { fileViewOf } from '../view.ts'
import { findGeneration } from '../queries.ts'
import { cooldownsAt } from '../cooldowns.ts'
import { lastErrors } from '../../reporting/records.ts'
import { advance } from '../engine/advance.ts'

const { test, bed } = veoBed()

const viewOf = async (id: string) => fileViewOf((await findGeneration(id))!)

async function waiting() {
  const { id } = await queueVeo(bed.deps)
  await advance(id, bed.deps)
  return id
}

/** Looks so often; answers how long the next look is put off, in ms. */
async function look(id: string, times = 1) {
  let wait = 0
  for (let done = 0; done < times; done++) {
    const { dueAt } = await advance(id, bed.deps, { force: true })
    wait = dueAt!.getTime() - bed.deps.now().getTime()
  }
  return wait
}

const failsWith = (...error: Parameters<typeof aProviderError>) =>
  (bed.kie.onCheck = () => Promise.reject(aProviderError(...error)))

describe('a provider that does not answer', () => {
  const words = 'Kie.ai is not responding. The video continues there; we keep trying.'

  test('is spoken of once three looks in a row have failed, and told once', async () => {
    failsWith()
    const id = await waiting()
    const { version } = await viewOf(id)
    await look(id, 2)
    expect(await viewOf(id)).toMatchObject({ message: null, version })
    await look(id)
    expect(await viewOf(id)).toMatchObject({ message: words, state: 'waiting' })
    await look(id, 3)
    expect(await viewOf(id)).toMatchObject({ message: words, version: version + 1 })
    expect((await cooldownsAt(bed.deps.now())).size).toBe(0)
  })

  test('is forgotten once it responds', async () => {
    const done = bed.kie.onCheck
    failsWith()
    const id = await waiting()
    await look(id, 3)
    bed.kie.onCheck = async () => ({ status: 'pending' })
    await look(id)
    expect(await viewOf(id)).toMatchObject({ message: null })
    failsWith()
    await look(id, 2)
    expect(await viewOf(id)).toMatchObject({ message: null })
    await look(id)
    bed.kie.onCheck = done
    await look(id)
    expect(await viewOf(id)).toMatchObject({ state: 'storing', message: 'Saving' })
    await driveToEnd(id, bed.deps)
    expect(await viewOf(id)).toMatchObject({ state: 'completed', message: null })
  })

  test('past the deadline is late, and asked less often', async () => {
    failsWith({ retryAfterSeconds: 7 })
    const id = await waiting()
    expect(await look(id)).toBe(7_000)
    bed.deps.pass(30 * 60_000 + 1)
    expect(await look(id)).toBe(5 * 60_000)
    expect(await viewOf(id)).toMatchObject({ isDelayed: true, status: 'processing' })
  })
})

describe('a provider that refuses our key while it is polled', () => {
  const refused = 'Kie.ai refuses our key. The operator has been told.'
  const refuses = (code: 'auth' | 'insufficient_credits') =>
    failsWith({ retryable: false, userMessage: refused }, code)

  test.each(['auth', 'insufficient_credits'] as const)(
    'is in a cooldown, its operator told, and the next video made elsewhere: %s',
    async (code) => {
      refuses(code)
      const id = await waiting()
      await look(id, 3)
      expect(await viewOf(id)).toMatchObject({
        state: 'waiting',
        message: `${refused} The video continues there; we keep trying.`,
      })
      const pause = (await cooldownsAt(bed.deps.now())).get('kie')
      expect(pause).toMatchObject({ errorCode: code, reason: refused })
      expect((await lastErrors(['kie'])).get('kie')).toMatchObject({ code, message: refused })

      const next = await queueVeo(bed.deps)
      expect((await driveToEnd(next.id, bed.deps)).row).toMatchObject({
        state: 'completed',
        provider: 'vertex',
      })
    },
  )

  test('stays in where it was for a moment only', async () => {
    const done = bed.kie.onCheck
    refuses('auth')
    const id = await waiting()
    await look(id, 2)
    bed.kie.onCheck = done
    await driveToEnd(id, bed.deps)
    expect(await viewOf(id)).toMatchObject({ state: 'completed' })
    expect((await cooldownsAt(bed.deps.now())).size).toBe(0)
  })

  test('has its videos delivered once it is well again', async () => {
    const done = bed.kie.onCheck
    refuses('auth')
    const id = await waiting()
    await look(id, 9)
    bed.kie.onCheck = done
    await driveToEnd(id, bed.deps)
    expect(await viewOf(id)).toMatchObject({ state: 'completed' })
    expect(bed.kie.jobs).toHaveLength(1)
  })
})

test('too many looks are no reason to start nothing', async () => {
  failsWith({ retryAfterSeconds: 40 }, 'rate_limited')
  const id = await waiting()
  expect(await look(id, 4)).toBe(40_000)
  expect((await cooldownsAt(bed.deps.now())).size).toBe(0)
})

test('a provider that asks for a day is looked at again within minutes', async () => {
  failsWith({ retryAfterSeconds: 24 * 60 * 60 }, 'rate_limited')
  expect(await look(await waiting())).toBe(10 * 60_000)
})

test('a note of the provider stays with the finished video', async () => {
  const note = 'Kie.ai made no 1080p version of it; this is 720p.'
  const videoPath = await tinyMp4()
  bed.kie.onCheck = async () => ({
    status: 'completed',
    output: { kind: 'path', path: videoPath },
    note,
  })
  const id = await waiting()
  await look(id)
  expect(await viewOf(id)).toMatchObject({ state: 'storing', message: 'Saving' })
  await driveToEnd(id, bed.deps)
  expect(await viewOf(id)).toMatchObject({ state: 'completed', message: note })
})
