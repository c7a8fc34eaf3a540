import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type InngestEmulator,
  startInngestEmulator,
} from '../../../tests/emulators/inngest/inngest-emulator.ts'
import { signatureOf } from '../../../tests/emulators/inngest/inngest-signatures.ts'
import { aPerson } from '../../../tests/support/people/people.ts'
import { serveRoute } from '../../../tests/support/serve-route.ts'
import { setFinished, setRow } from '../../../tests/support/database/set-row.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { forgetEverything } from '../../../tests/support/generations/test-generation.ts'
import { database } from '../../db/client.ts'
import { generation, idempotencyKey } from '../../db/generation-schema.ts'
import { env } from '../../env.ts'
import { useDataFolder } from '../../http/test-visitor.ts'
import { startQueue, stopQueue } from '../../jobs/queue.ts'
import { forgetProcessWide } from '../../process-wide.ts'
import { answerInngest } from './answer.ts'

process.env.GOOGLE_CLOUD_PROJECT = 'a project'
// What would have the library check nothing.
process.env.INNGEST_DEV = '1'
useDataFolder()
withTestDatabase()

let inngest: InngestEmulator
let served: Awaited<ReturnType<typeof serveRoute>>
let owner: Awaited<ReturnType<typeof aPerson>>
beforeAll(async () => {
  await startQueue()
  inngest = await startInngestEmulator({ haste: 1_000, knowsIds: false })
  served = await serveRoute(answerInngest)
  owner = await aPerson()
  const { signingKey, eventKey } = inngest.settings
  Object.assign(env(), {
    INNGEST_SIGNING_KEY: signingKey,
    INNGEST_EVENT_KEY: eventKey,
    INNGEST_BASE_URL: inngest.url,
    INNGEST_OWNER: owner.email.toUpperCase(),
    PUBLIC_URL: served.url,
  })
  await inngest.sync(`${served.url}/api/inngest`)
})
afterAll(async () => {
  delete process.env.INNGEST_DEV
  await Promise.all([inngest.close(), served.close(), stopQueue(1_000)])
})
beforeEach(async () => {
  Object.assign(inngest.settings, { callsTwice: false })
  await forgetEverything()
  await database().delete(idempotencyKey)
})

const name = 'veo3/video.generate'
const data = { prompt: 'a fox', model: 'veo-3.1-fast', aspectRatio: '9:16', duration: 8 }
const rows = () => database().select().from(generation)
async function onlyRow() {
  await expect.poll(async () => (await rows()).length).toBe(1)
  return (await rows())[0]!
}

describe('a run', () => {
  test('starts the video as its owner, waits in steps and ends with a link that plays', async () => {
    expect(inngest.functions.map(({ event }) => event)).toEqual([name])
    expect(inngest.functions[0]!.url).toContain(`${served.url}/api/inngest?fnId=photofinish-`)
    const [run] = inngest.send({ name, data, id: 'order-1' })
    const row = await onlyRow()
    expect(row).toMatchObject({
      ownerId: owner.id,
      originDoor: 'inngest',
      model: 'veo-3.1-fast',
      settings: { aspectRatio: '9:16', duration: 8 },
    })
    await expect.poll(() => Object.keys(run!.steps).length).toBeGreaterThan(4)
    await setFinished(row.id)
    await expect.poll(() => run!.state).toBe('completed')
    const link = expect.stringContaining(`${served.url}/api/media/${row.id}/video.mp4?until=`)
    expect(run!.output).toMatchObject({ fileId: row.id, status: 'completed', videoUrl: link })
  })

  test('of the same event twice, each step called twice, is one video', async () => {
    inngest.settings.callsTwice = true
    const runs = [
      ...inngest.send({ name, data, id: 'twice' }),
      ...inngest.send({ name, data, id: 'twice' }),
    ]
    await setFinished((await onlyRow()).id)
    await expect.poll(() => runs.map(({ state }) => state)).toEqual(['completed', 'completed'])
    expect(await rows()).toHaveLength(1)
  })

  test('whose executor vanishes is one video, with or without what it remembers', async () => {
    const [run] = inngest.send({ name, data, id: 'vanishes' })
    const { id } = await onlyRow()
    inngest.vanish()
    run!.steps = {}
    await setFinished(id)
    inngest.comeBack()
    await expect.poll(() => run!.state).toBe('completed')
    expect(run!.output).toMatchObject({ fileId: id })
    expect(await rows()).toHaveLength(1)
  })

  test('ends as failed with its code where the video fails, and is not tried again', async () => {
    const [run] = inngest.send({ name, data })
    const { id } = await onlyRow()
    const errorMessage = { key: 'errors.not_found' } as const
    await setRow(id, { state: 'failed', errorCode: 'content_policy', errorMessage })
    await expect.poll(() => run!.state).toBe('failed')
    expect(JSON.stringify(run!.output)).toContain('content_policy: This item')
    expect(await rows()).toHaveLength(1)
  })

  test.each<[string, object, string]>([
    ['asks for what there is none of', { ...data, model: 'veo-9' }, 'invalid_input'],
    ['says what is unknown', { ...data, chat: 7 }, 'invalid_input'],
    ['names a Telegram user who is no number', { ...data, telegram_id: 'anna' }, 'invalid_input'],
  ])('of an event that %s fails at once', async (_name, wrong, code) => {
    const [run] = inngest.send({ name, data: wrong as typeof data })
    await expect.poll(() => run!.state).toBe('failed')
    expect(JSON.stringify(run!.output)).toContain(code)
    expect(run!.calls).toBeLessThan(4)
    expect(await rows()).toEqual([])
  })

  test('that nothing pays for fails, and says what to set', async () => {
    const before = env().INNGEST_OWNER
    for (const INNGEST_OWNER of [
      undefined,
      'someone@example.net',
      'org_000000000000000000000000',
    ]) {
      Object.assign(env(), { INNGEST_OWNER })
      const [run] = inngest.send({ name, data })
      await expect.poll(() => run!.state).toBe('failed')
      expect(JSON.stringify(run!.output)).toMatch(/forbidden: No account pays.*INNGEST_OWNER/)
    }
    Object.assign(env(), { INNGEST_OWNER: before })
    expect(await rows()).toEqual([])
  })
})

describe('attack: a call', () => {
  const body = { ctx: { run_id: '1' }, event: { name, data }, events: [], steps: {} }
  const ask = (path: string, signature: string | undefined, method = 'POST') =>
    fetch(`${served.url}/api/inngest${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(signature && { 'x-inngest-signature': signature }),
      },
      ...(method !== 'GET' && { body: JSON.stringify(body) }),
    })
  const run = '?fnId=photofinish-video-generate&stepId=step'
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)

  test.each<[string, () => string | undefined]>([
    ['without a signature', () => undefined],
    ['with one of another key', () => signatureOf('signkey-test-ffff', body)],
    ['with one of another body', () => signatureOf(inngest.settings.signingKey, { ...body, a: 1 })],
    ['with an old one', () => signatureOf(inngest.settings.signingKey, body, minutesAgo(6))],
    ['with half of one', () => `t=${Math.floor(Date.now() / 1000)}`],
  ])('%s does nothing, whatever INNGEST_DEV says', async (_name, signature) => {
    for (const path of [run, '?probe=trust'])
      expect((await ask(path, signature())).status).toBe(401)
    expect((await ask('', signature(), 'PUT')).status).toBe(401)
    expect((await ask('', signature(), 'GET')).status).toBe(401)
    expect(await rows()).toEqual([])
  })

  test('with a right one is answered, so the others were refused for theirs', async () => {
    const signature = signatureOf(inngest.settings.signingKey, body)
    expect((await ask(run, signature)).status).toBe(206)
    await onlyRow()
  })

  test('with a body that is no JSON, or too long, is refused', async () => {
    const send = (text: string) =>
      fetch(`${served.url}/api/inngest${run}`, { method: 'POST', body: text })
    expect((await send('{')).status).toBe(400)
    expect((await send(`"${'x'.repeat(5 * 1024 ** 2)}"`)).status).toBe(413)
  })

  test('where no signing key is set finds nothing', async () => {
    const { INNGEST_SIGNING_KEY } = env()
    Object.assign(env(), { INNGEST_SIGNING_KEY: undefined })
    forgetProcessWide('inngest')
    for (const method of ['POST', 'PUT', 'GET'])
      expect((await ask(run, signatureOf('', body), method)).status).toBe(404)
    Object.assign(env(), { INNGEST_SIGNING_KEY })
  })
})
