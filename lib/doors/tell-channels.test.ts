import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callerNamed } from '../../tests/support/people/caller-named.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { setFinished, setRow } from '../../tests/support/database/set-row.ts'
import { startQueue, stopQueue } from '../jobs/queue.ts'
import { estimate } from '../generations/start/request.ts'
import { startGeneration } from '../generations/start/start.ts'
import { webhookChannel } from '../notices/webhooks/channel.ts'
import { programView } from './tell-channels.ts'

process.env.PUBLIC_URL = 'https://studio.example'
process.env.BASE_PATH = ''

withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

const anna = callerNamed('anna')
const body = { prompt: 'a fox', model: 'local-preview' }
const callbackUrl = 'https://program.example/hook'
const start = (more: object, idempotencyKey: string | null = null) =>
  startGeneration({ caller: anna, body: { ...body, ...more }, idempotencyKey })

const targetsOf = (fileId: string) =>
  webhookChannel({ bodyOf: programView }).targetsOf({
    id: 'notice_1',
    kind: 'video.completed',
    ownerId: 'anna',
    userId: 'anna',
    fileId,
    createdAt: new Date(),
  })

describe('a callbackUrl', () => {
  test('of a start is told of its video, and of no other', async () => {
    const told = await start({ callbackUrl })
    const silent = await start({})
    expect(await targetsOf(told.id)).toEqual([callbackUrl])
    expect(await targetsOf(silent.id)).toEqual([])
  })

  test('is a part of what was asked for, and none of what the video is made of', async () => {
    const first = await start({ callbackUrl }, 'click')
    expect((await start({ callbackUrl }, 'click')).id).toBe(first.id)
    const reused = { code: 'idempotency_key_reused' }
    await expect(start({ callbackUrl: `${callbackUrl}/2` }, 'click')).rejects.toMatchObject(reused)
    await expect(start({}, 'click')).rejects.toMatchObject(reused)
    expect(first.settingsHash).toBe((await start({})).settingsHash)
    expect(await estimate({ ...body, callbackUrl }, anna)).toEqual(await estimate(body, anna))
  })

  test('that leads to this machine, its network or nowhere starts nothing', async () => {
    for (const wrong of [
      'http://localhost:3000/hook',
      'https://127.0.0.1/',
      'https://192.168.1.1/',
      'http://program.example/',
      'https://a:b@program.example/',
      'javascript:alert(1)',
      'hook',
      7,
    ])
      await expect(start({ callbackUrl: wrong })).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

describe('what a program is told of a video', () => {
  test('is the view without a provider’s links, and with whole links of ours', async () => {
    const { id } = await start({})
    await setFinished(id)
    const secret = 'https://provider.example/secret'
    await setRow(id, { operation: { secret }, output: { kind: 'url', url: secret } })
    const view = await programView(id)
    expect(view).toMatchObject({
      id,
      status: 'completed',
      settings: { prompt: 'a fox' },
      error: null,
    })
    expect(view!.url).toMatch(new RegExp(`^https://studio.example/api/media/${id}/`))
    expect(JSON.stringify(view)).not.toContain('provider.example')
    expect(Object.keys(view!)).not.toContain('attempts')
  })

  test('is nothing of one that is deleted', async () => {
    const { id } = await start({})
    await setRow(id, { deletedAt: new Date() })
    expect(await programView(id)).toBeUndefined()
  })
})
