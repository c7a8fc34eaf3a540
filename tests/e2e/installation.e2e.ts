import { AppServer } from './helpers/app-server.ts'
import { databasePid } from './helpers/data-folder.ts'
import { isGoneWithin, signal } from './helpers/processes.ts'
import { expect, ownTest as test } from './helpers/test.ts'

test.use({ isFirstStart: true })

test('a second server on the same data directory is refused with a sentence', async ({
  ownServer,
}) => {
  const database = await databasePid(ownServer.dataFolder)
  await expect(AppServer.start(ownServer.dataFolder)).rejects.toThrow(
    `Another Photofinish is serving ${ownServer.dataFolder}. Stop it first`,
  )
  // The first one noticed nothing.
  expect(await databasePid(ownServer.dataFolder)).toBe(database)
  expect((await fetch(`${ownServer.url}/health`)).status).toBe(200)
})

test('the health is 200, and 503 with the reason once the database is gone', async ({
  ownServer,
}) => {
  const healthy = await fetch(`${ownServer.url}/health`)
  expect(healthy.status).toBe(200)
  expect(await healthy.json()).toMatchObject({
    status: 'ok',
    version: expect.any(String),
    database: { state: 'ok' },
    queue: { state: 'ok' },
    storage: { state: 'ok' },
    providers: { local: { state: 'ok' } },
  })

  const database = await databasePid(ownServer.dataFolder)
  signal(database!, 'SIGINT')
  expect(await isGoneWithin(database!, 20_000)).toBe(true)
  const sick = await fetch(`${ownServer.url}/health`)
  expect(sick.status).toBe(503)
  expect(await sick.json()).toMatchObject({
    status: 'down',
    database: { state: 'down', message: expect.stringContaining('database') },
  })

  // Who asks for a video meanwhile is told so, in a way a program understands.
  const poll = await fetch(`${ownServer.url}/api/file`)
  expect(poll.status).toBe(503)
  expect(poll.headers.get('content-type')).toContain('application/problem+json')
  expect(await poll.json()).toMatchObject({ code: 'service_unavailable', retryable: true })
})
