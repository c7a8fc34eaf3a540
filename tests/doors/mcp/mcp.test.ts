import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ApiScope, Caller } from '#lib/contract/people/caller'
import { database, databaseAddress } from '#lib/db/client'
import { generation, idempotencyKey } from '#lib/db/generation-schema'
import { env } from '#lib/env'
import { heldStreams } from '#lib/http/streams/held-streams'
import { serveMedia } from '#lib/http/media/serve-media'
import { useDataFolder } from '#lib/http/test-visitor'
import { createKey, revokeKey } from '#lib/people/keys/keys'
import { forgetProcessWide } from '#lib/process-wide'
import { type KieEmulator, startKieEmulator } from '../../emulators/kie/kie-emulator.ts'
import { aPerson } from '../../support/people/a-person.ts'
import { freePort } from '../../support/free-port.ts'
import { withTestDatabase } from '../../support/database/test-database.ts'
import { type McpClient, eras } from './clients.ts'
import { serveStudio } from './studio.ts'

useDataFolder()
withTestDatabase()

let kie: KieEmulator
let studio: Awaited<ReturnType<typeof serveStudio>>
beforeAll(async () => {
  kie = await startKieEmulator()
  const set = { KIE_API_KEY: 'kie-test-key', KIE_BASE_URL: kie.url, KIE_UPLOAD_URL: kie.url }
  Object.assign(process.env, set, { ACCESS: 'open' })
  for (const name of ['env', 'providers']) forgetProcessWide(name)
  studio = await serveStudio()
})
afterAll(async () => {
  await studio.close()
  await kie.close()
  for (const name of ['KIE_API_KEY', 'KIE_BASE_URL', 'KIE_UPLOAD_URL']) delete process.env[name]
  for (const name of ['env', 'providers', 'pace']) forgetProcessWide(name)
})

let caller: Caller
let key: string
const open: McpClient[] = []
beforeEach(async () => {
  for (const table of [idempotencyKey, generation]) await database().delete(table)
  kie.jobs.splice(0)
  caller = (await aPerson()).caller
  key = (await aKey()).key
})
afterEach(async () => {
  for (const client of open.splice(0)) await client.close().catch(() => {})
})

function aKey(scopes: ApiScope[] = ['read', 'generate'], more: object = {}) {
  return createKey(caller, { name: 'agent', scopes, ...more })
}

async function connected(era: keyof typeof eras, url = studio.url, by = key) {
  const client = await eras[era](url, by)
  open.push(client)
  return client
}

const paid = { prompt: 'a fox #kie:seconds=1', model: 'veo-3.1-fast' }
const rows = () => database().select().from(generation)

interface Video {
  fileId: string
  status: string
  url: string | null
  cost: { chargedUsd: number | null }
}

async function ended(client: McpClient, fileId: string) {
  for (;;) {
    const result = await client.call('wait_for_video', { fileId })
    const video = result.structuredContent as unknown as Video
    if (['completed', 'failed', 'canceled'].includes(video.status)) return { result, video }
  }
}

async function started(client: McpClient, order: Record<string, unknown>) {
  const { structuredContent } = await client.call('generate_video', order)
  const { videos } = structuredContent as unknown as { videos: Video[] }
  return videos
}

const codeOf = ({ _meta }: Awaited<ReturnType<McpClient['call']>>) =>
  _meta?.['photofinish/error']?.code

describe.each(Object.keys(eras) as (keyof typeof eras)[])('a client of %s', (era) => {
  const tags = era === 'the form of 2026' ? [] : ['long']
  test(
    'finds the tools, looks at models and prices, and makes a video that plays',
    { tags },
    async () => {
      const client = await connected(era)
      const tools = await client.tools()
      expect(tools.map(({ name }) => name)).toEqual([
        'list_models',
        'estimate',
        'generate_video',
        'generate_image',
        'get_video',
        'wait_for_video',
        'list_videos',
        'cancel_video',
      ])
      for (const tool of tools) expect(tool.outputSchema).toMatchObject({ type: 'object' })
      const { models } = (await client.call('list_models')).structuredContent as {
        models: { id: string }[]
      }
      expect(models.map(({ id }) => id)).toContain(paid.model)
      const price = (await client.call('estimate', paid)).structuredContent
      expect(price).toMatchObject({ usd: 0.4, provider: 'Kie.ai' })
      const image = { kind: 'image', prompt: 'a fox', model: 'nano-banana-2', resolution: '2K' }
      const { structuredContent: images } = await client.call('list_models', { kind: 'image' })
      expect(JSON.stringify(images)).toContain(image.model)
      const imagePrice = (await client.call('estimate', image)).structuredContent
      expect(imagePrice).toMatchObject({ usd: 0.06, provider: 'Kie.ai' })
      expect(await rows()).toEqual([])

      const [{ fileId }] = (await started(client, { ...paid, idempotencyKey: 'k' })) as [Video]
      const told: { progress: number; message?: string | undefined }[] = []
      await client.call('wait_for_video', { fileId }, (one) => told.push(one))
      expect(told.length).toBeGreaterThan(0)
      expect(told.map(({ progress }) => progress)).toEqual(
        [...new Set(told.map(({ progress }) => progress))].toSorted((a, b) => a - b),
      )
      const { result, video } = await ended(client, fileId)
      expect(video).toMatchObject({ status: 'completed', cost: { chargedUsd: 0.4 } })
      const link = result.content.find(({ type }) => type === 'resource_link')
      expect(link).toMatchObject({ uri: video.url, mimeType: 'video/mp4' })
      expect(link!.size).toBeGreaterThan(0)
      const played = await serveMedia(new Request(video.url!), fileId, 'video.mp4')
      expect([played.status, Number(played.headers.get('content-length'))]).toEqual([
        200,
        link!.size,
      ])
      await played.body?.cancel()
      expect((await client.call('list_videos', { limit: 5 })).structuredContent).toMatchObject({
        videos: [{ fileId }],
        nextCursor: null,
      })
      const [row] = await rows()
      expect(row).toMatchObject({ originDoor: 'mcp', ownerId: caller.ownerId })
      expect(kie.jobsOf(paid.prompt).map(({ billedUsd }) => billedUsd)).toEqual([0.4])
    },
  )

  test('pays once, however often it calls with one key, and through which door', async () => {
    const client = await connected(era)
    const order = { ...paid, idempotencyKey: 'order-1' }
    const first = await Promise.all([1, 2, 3].map(() => started(client, order)))
    const ids = new Set(first.flat().map(({ fileId }) => fileId))
    expect(ids.size).toBe(1)
    const byApi = await fetch(`${studio.url}/api/generate/video`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': 'order-1',
      },
      body: JSON.stringify(paid),
    })
    expect(ids).toContain(((await byApi.json()) as { fileId: string }).fileId)
    // A language model writes null where it wants the default.
    expect((await started(client, { ...order, seed: null }))[0]!.fileId).toBe([...ids][0])
    const other = await client.call('generate_video', { ...order, prompt: 'a dog' })
    expect([other.isError, codeOf(other)]).toEqual([true, 'idempotency_key_reused'])
    await expect.poll(() => kie.jobs.length).toBe(1)
    expect(await rows()).toHaveLength(1)
  })

  test('is told what is wrong by a closed code and a sentence', async () => {
    const client = await connected(era)
    const told = async (name: string, args: Record<string, unknown>) => {
      const { isError, content, ...result } = await client.call(name, args)
      return [isError, codeOf({ content, ...result }), content[0]!.text]
    }
    expect(await told('generate_video', paid)).toEqual([
      true,
      'invalid_input',
      expect.stringContaining('Send an idempotencyKey'),
    ])
    const wrong = { ...paid, idempotencyKey: 'k', duration: 99, colour: 'red' }
    expect(await told('generate_video', wrong)).toEqual([
      true,
      'invalid_input',
      expect.stringContaining('colour'),
    ])
    const code = async (name: string, args: Record<string, unknown>) =>
      codeOf(await client.call(name, args))
    expect(await code('generate_video', { ...paid, idempotencyKey: 'a b' })).toBe(
      'invalid_idempotency_key',
    )
    for (const name of ['get_video', 'wait_for_video', 'cancel_video'])
      for (const fileId of ['file_000000000000000000000000', 'nonsense'])
        expect(await code(name, { fileId })).toBe('not_found')
    expect(await code('get_video', {})).toBe('invalid_input')
    expect(await told('wait_for_video', { fileId: 'file_x', seconds: 600 })).toEqual([
      true,
      'invalid_input',
      expect.stringContaining('25'),
    ])
    expect(await rows()).toEqual([])
  })

  test('does what its key may, and spends no more than that', async () => {
    const reader = await connected(era, studio.url, (await aKey(['read'])).key)
    const order = { ...paid, idempotencyKey: 'k' }
    expect(codeOf(await reader.call('generate_video', order))).toBe('forbidden')
    expect((await reader.call('list_videos')).isError).toBeFalsy()
    const limited = await aKey(['read', 'generate'], { limitUsd: 0.5 })
    const client = await connected(era, studio.url, limited.key)
    const [video] = await started(client, order)
    const more = await client.call('generate_video', { ...paid, idempotencyKey: 'k2' })
    expect(codeOf(more)).toBe('spending_limit_reached')
    expect(await started(client, order)).toMatchObject([{ fileId: video!.fileId }])
    expect(await rows()).toHaveLength(1)
  })

  test('attack: starts no more videos in a minute than through the other doors', async () => {
    Object.assign(env(), { RATE_LIMITS: 0.1 })
    forgetProcessWide('token buckets')
    try {
      const client = await connected(era)
      const order = { ...paid, idempotencyKey: 'k' }
      for (let times = 0; times < 6; times++) await started(client, order)
      const refused = await client.call('generate_video', order)
      expect([refused.isError, codeOf(refused)]).toEqual([true, 'rate_limited'])
      expect((await client.call('list_videos')).isError).toBeFalsy()
    } finally {
      Object.assign(env(), { RATE_LIMITS: 1 })
      // What was used up under the narrow limits is not to be missed by the tests after this one.
      forgetProcessWide('token buckets')
    }
  })

  test('attack: gets nothing without a key, with a wrong one, and of another account', async () => {
    await expect(eras[era](studio.url, 'pf_wrong')).rejects.toThrow()
    const client = await connected(era)
    const [video] = await started(client, { ...paid, idempotencyKey: 'k' })
    caller = (await aPerson()).caller
    const stranger = await connected(era, studio.url, (await aKey()).key)
    for (const name of ['get_video', 'wait_for_video', 'cancel_video'])
      expect(codeOf(await stranger.call(name, { fileId: video!.fileId }))).toBe('not_found')
    expect((await stranger.call('list_videos')).structuredContent).toMatchObject({ videos: [] })
  })
})

test('a request without a key is refused where everyone may spend, and makes no account', async () => {
  for (const method of ['POST', 'GET', 'DELETE']) {
    const answer = await fetch(`${studio.url}/api/mcp`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(method === 'POST' && { body: '{}' }),
    })
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    expect(answer.headers.get('set-cookie')).toBeNull()
  }
})

test('attack: many calls in one request, a large one, one that is no JSON and one with a key inside are refused', async () => {
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/list' }
  const codeFor = async (body: string, type = 'application/json') => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': type, accept: '*/*' }
    const answer = await fetch(`${studio.url}/api/mcp`, { method: 'POST', headers, body })
    return ((await answer.json()) as { code: string }).code
  }
  expect(await codeFor(JSON.stringify(Array.from({ length: 100 }, () => call)))).toBe(
    'invalid_input',
  )
  expect(await codeFor(JSON.stringify({ ...call, id: 'a'.repeat(70_000) }))).toBe(
    'payload_too_large',
  )
  expect(await codeFor('{')).toBe('invalid_input')
  expect(await codeFor('{}', 'text/plain')).toBe('unsupported_media_type')
  expect(await codeFor(JSON.stringify({ ...call, params: { key } }))).toBe('key_misplaced')
})

test('a video that waits is canceled, and none is paid', async () => {
  const client = await connected('the form of 2026')
  const order = { ...paid, prompt: 'a slow fox #kie:429', idempotencyKey: 'k' }
  const [{ fileId }] = (await started(client, order)) as [Video]
  const { structuredContent } = await client.call('cancel_video', { fileId })
  expect((await ended(client, fileId)).video.status).toBe('canceled')
  expect(structuredContent).toMatchObject({ fileId })
  expect(kie.jobs).toEqual([])
})

test('a wait ends with its client, and with its key', async () => {
  const [leaving, losing] = [
    await connected('the form of 2026'),
    await connected('the form of 2026'),
  ]
  const order = { ...paid, prompt: 'never #kie:never', idempotencyKey: 'k' }
  const [{ fileId }] = (await started(leaving, order)) as [Video]
  const before = heldStreams().count
  const wait = leaving.call('wait_for_video', { fileId }, () => {}).catch(() => {})
  await expect.poll(() => heldStreams().count).toBeGreaterThan(before)
  await leaving.close()
  await wait
  await expect.poll(() => heldStreams().count, { timeout: 15_000 }).toBe(before)
  const other = losing.call('wait_for_video', { fileId }).catch(() => ({ isError: true }))
  await expect.poll(() => heldStreams().count).toBeGreaterThan(before)
  const [row] = await rows()
  await revokeKey(caller, row!.keyId!)
  expect((await other).isError).toBe(true)
  await database().delete(generation).where(eq(generation.id, fileId))
})

test(
  'killed with -9 after an order, which is sent again: one video, paid once',
  { tags: 'long' },
  async () => {
    const port = await freePort()
    const script = join(import.meta.dirname, 'studio-child.ts')
    const start = async () => {
      const child = spawn(process.execPath, [script, databaseAddress(), String(port)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
      return child
    }
    const kill = async (child: ChildProcess) => {
      const over = once(child, 'exit')
      child.kill('SIGKILL')
      await over
    }
    await studio.close()
    let child = await start()
    try {
      const url = `http://127.0.0.1:${port}`
      const order = { ...paid, idempotencyKey: 'k' }
      const [{ fileId }] = (await started(await connected('the form of 2026', url), order)) as [
        Video,
      ]
      await expect.poll(async () => (await rows())[0]!.state).toBe('waiting')
      await kill(child)
      child = await start()
      const client = await connected('the form of 2026', url)
      expect(await started(client, order)).toMatchObject([{ fileId }])
      expect((await ended(client, fileId)).video).toMatchObject({ status: 'completed' })
      expect(kie.jobsOf(paid.prompt).map(({ billedUsd }) => billedUsd)).toEqual([0.4])
      expect((await rows()).map(({ chargedMicros }) => chargedMicros)).toEqual([400_000])
    } finally {
      await kill(child)
      studio = await serveStudio()
    }
  },
)
