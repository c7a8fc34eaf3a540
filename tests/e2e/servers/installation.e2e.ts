import { AppServer } from '../helpers/servers/app-server.ts'
import { longClip, startClip } from '../helpers/clips.ts'
import { databasePid } from '../helpers/servers/data-folder.ts'
import { isGoneWithin, signal } from '../helpers/servers/processes.ts'
import { expect, test } from '../helpers/test.ts'

test('a second server on the same data directory is refused with a sentence', async ({
  server,
}) => {
  const database = await databasePid(server.dataFolder)
  await expect(AppServer.start({ dataFolder: server.dataFolder })).rejects.toThrow(
    `Another Photofinish is serving ${server.dataFolder}. Stop it first`,
  )
  // The first one noticed nothing.
  expect(await databasePid(server.dataFolder)).toBe(database)
  expect((await fetch(`${server.url}/health`)).status).toBe(200)
})

test(
  'a server stopped twice at once, left by its reader, and by its database',
  { tag: '@long' },
  async ({ ownServer }) => {
    await test.step('F18: a second signal changes nothing, and no database is left behind', async () => {
      const database = await databasePid(ownServer.dataFolder)
      const stopped = [ownServer.kill('SIGTERM'), ownServer.kill('SIGTERM')]
      await Promise.all(stopped)
      expect(ownServer.output.match(/Stopping/g)).toHaveLength(1)
      expect(await isGoneWithin(database!, 1_000)).toBe(true)
      await ownServer.restart()
    })

    await test.step('F18: one whose output has no reader any more goes on, and ends without leaving a database', async () => {
      const database = await databasePid(ownServer.dataFolder)
      ownServer.leaveUnread()
      expect((await fetch(`${ownServer.url}/health`)).status).toBe(200)
      // "Stopping" is what it writes first.
      await ownServer.kill('SIGTERM')
      expect(await isGoneWithin(database!, 5_000)).toBe(true)
      // Started again at once, its database would be gone for too short a time to be asked for it.
      await ownServer.restart({ PHOTOFINISH_PACE: '{"databaseLookMs":600000}' })
    })

    await test.step('the health is 200, and 503 with the reason while the database is gone', () =>
      expectHealthTold(ownServer))
  },
)

test('F36: an idle connection is kept longer than proxies keep it', async ({ server }) => {
  const response = await fetch(`${server.url}/health`)
  expect(Number(/timeout=(\d+)/.exec(response.headers.get('keep-alive')!)?.[1])).toBeGreaterThan(65)
})

test('S16: no line of the log can be forged, and S12: no request is answered 500', async ({
  server,
}) => {
  const farOf = (kind: string) =>
    Buffer.from(`999999999999999 ${kind}_${'a'.repeat(24)}`).toString('base64url')
  const asked: Record<string, number> = {
    '/_next/image?url=/api/models%0A{"level":60}&w=64&q=75': 400,
    '/_next/image?url=%2Fapi%2Fmodels&w=64&q=75': 404,
    [`/api/file?cursor=${farOf('file')}`]: 400,
    [`/api/chat?cursor=${farOf('chat')}`]: 400,
    '/api/webhooks/kie?token=%00': 400,
  }
  for (const [path, status] of Object.entries(asked))
    expect((await fetch(`${server.url}${path}`)).status, path).toBe(status)
  expect(server.output).not.toMatch(/^\{"level":60/m)
})

test('F31: the head of a running file’s events comes at once', async ({ request }) => {
  const { id } = await startClip(request, { prompt: 'A long one', ...longClip })
  const answer = await request.head(`/api/v1/events/file.${id}`)
  expect(answer.status()).toBe(200)
  expect(answer.headers()).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'x-content-type-options': 'nosniff',
  })
})

/** Healthy as it is; then, with its database ended, down and for a reason. */
async function expectHealthTold(server: AppServer) {
  const healthy = await fetch(`${server.url}/health`)
  expect(healthy.status).toBe(200)
  expect(await healthy.json()).toMatchObject({
    status: 'ok',
    version: expect.any(String),
    database: { state: 'ok' },
    queue: { state: 'ok' },
    storage: { state: 'ok' },
    providers: { local: { state: 'ok' } },
  })

  const database = await databasePid(server.dataFolder)
  signal(database!, 'SIGINT')
  expect(await isGoneWithin(database!, 20_000)).toBe(true)
  const sick = await fetch(`${server.url}/health`)
  expect(sick.status).toBe(503)
  expect(await sick.json()).toMatchObject({
    status: 'down',
    database: { state: 'down', message: expect.stringContaining('database') },
  })

  // Who asks for a video meanwhile is told so, in a way a program understands.
  const poll = await fetch(`${server.url}/api/file`)
  expect(poll.status).toBe(503)
  expect(poll.headers.get('content-type')).toContain('application/problem+json')
  expect(await poll.json()).toMatchObject({ code: 'service_unavailable', retryable: true })
}
