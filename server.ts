import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import next from 'next'
import { providers } from '#lib/ai/providers/index'
import { closeDatabase, useDatabase } from '#lib/db/client'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#lib/db/embedded-postgres'
import { holdInstallation } from '#lib/db/hold-installation'
import { migrate } from '#lib/db/migrate'
import { env } from '#lib/env'
import { hub } from '#lib/events/hub'
import { openStreams } from '#lib/events/open-streams'
import { shutdownController, submitsController } from '#lib/generations/engine/deps'
import { providersLine } from '#lib/reporting/providers'
import { stepsInFlight } from '#lib/generations/engine/in-flight'
import { startWorker } from '#lib/generations/engine/worker'
import { frontDoor } from '#lib/http/front-door/front-door'
import { sweepEmptyAccounts } from '#lib/people/empty-accounts'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { usePace } from '#lib/pace'

// The composition root: environment, database, migrations, queue, shutdown, HTTP, worker; in this order.
// --dev serves with Next's development server, --worker-only serves nothing.

const isDev = process.argv.includes('--dev')
const isWorkerOnly = process.argv.includes('--worker-only')
// SIGTERM must be answered within 5 s; what is not done by then goes on at the next start.
const shutdownMs = 4_500
const stepsInFlightMs = 2_000
const lastWriteMs = 500
const limits = {
  // Longer than the 60 s for which proxies keep an idle connection: else they may reuse one that we are closing.
  keepAliveTimeout: 75_000,
  // Cookies of others on this host name come along; the front door picks ours and bounds every other header.
  maxHeaderSize: 64 * 1024,
}

async function main() {
  const { DATABASE_URL, DATA_DIR, WORKER } = env()
  // No setting for users: the tests of the built product hurry it.
  usePace(process.env.PHOTOFINISH_PACE)
  if (isWorkerOnly && !DATABASE_URL)
    throw new Error('A worker apart from the web needs a database both reach: set DATABASE_URL.')
  const embedded = DATABASE_URL ? undefined : await openEmbedded(DATA_DIR)
  if (DATABASE_URL) useDatabase(DATABASE_URL)
  say(embedded ? `Database: embedded PostgreSQL in ${DATA_DIR}` : 'Database: DATABASE_URL')
  await migrate()
  await startQueue()
  const running: Running = { embedded }
  onceAskedToStop(() => shutDown(running))
  const hasWorker = WORKER || isWorkerOnly
  say(hasWorker ? 'Worker: running in this process' : 'Worker: none here, run npm run worker')
  say(providersLine())
  if (!isWorkerOnly) running.server = await serve()
  // Last, and with an end prepared: a start that fails or is stopped interrupts no submit that is paid for.
  if (hasWorker && !shutdownController().signal.aborted) {
    running.worker = await startWorker()
    running.accounts = sweepEmptyAccounts()
  }
}

interface Running {
  embedded: EmbeddedPostgres | undefined
  server?: Server
  worker?: Awaited<ReturnType<typeof startWorker>>
  accounts?: ReturnType<typeof sweepEmptyAccounts>
}

/** A second signal changes nothing: a service manager sends one to each process of ours, and we pass them on. */
function onceAskedToStop(stop: () => Promise<void>) {
  let stopping: Promise<void> | undefined
  const ask = () => void (stopping ??= stop())
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, ask)
  // The process that started us is gone.
  process.on('disconnect', ask)
}

/** Closes every part, also where an earlier one fails. The next start goes on with what takes too long. */
async function shutDown(running: Running) {
  setTimeout(() => process.exit(0), shutdownMs).unref()
  say('Stopping: ending streams, finishing the steps in flight')
  const submitsEnd = sleep(stepsInFlightMs)
  const parts: (() => unknown)[] = [
    () => running.server && closeServer(running.server),
    () => running.worker?.stop(),
    () => running.accounts?.stop(),
    () => shutdownController().abort(new Error('the process ends')),
    () => hub().close(),
    ...[...providers().values()].map((provider) => () => provider.close?.()),
    () => stopQueue(stepsInFlightMs),
    () => endSubmits(submitsEnd),
    closeDatabase,
    () => running.embedded?.stop(),
  ]
  for (const close of parts)
    try {
      await close()
    } catch (error) {
      process.stderr.write(
        `While stopping: ${error instanceof Error ? error.message : String(error)}\n`,
      )
    }
  process.exit(0)
}

/** Waits for the answer to a submit that is out; one without an answer by then is written down as unknown. */
async function endSubmits(submitsEnd: Promise<void>) {
  const steps = Promise.allSettled(stepsInFlight())
  await Promise.race([steps, submitsEnd])
  submitsController().abort(new Error('the process ends'))
  await Promise.race([steps, sleep(lastWriteMs)])
}

async function openEmbedded(dataDirectory: string): Promise<EmbeddedPostgres> {
  const embedded = await startEmbeddedPostgres(dataDirectory)
  const held = await holdInstallation(embedded.connectionString, dataDirectory)
  useDatabase(embedded.connectionString)
  if (embedded.wasAdopted) say('Database: found running, adopted')
  return { ...embedded, stop: () => held.release().then(embedded.stop) }
}

async function serve(): Promise<Server> {
  const { PORT, HOST } = env()
  const app = next({ dev: isDev, dir: process.cwd(), hostname: HOST, port: PORT })
  await app.prepare()
  const answer = frontDoor(app.getRequestHandler(), { isDev })
  const server = createServer(limits, (request, response) => void answer(request, response))
  if (isDev) {
    const upgrade = app.getUpgradeHandler()
    server.on('upgrade', (request, socket, head) => void upgrade(request, socket, head))
  }
  await listen(server, PORT, HOST)
  const { port } = server.address() as AddressInfo
  say(`Photofinish is ready: http://localhost:${port}`)
  return server
}

function listen(server: Server, port: number, host: string) {
  return new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const sentence = `Port ${port} is taken. Stop what uses it, or set PORT to another one.`
      reject(error.code === 'EADDRINUSE' ? new Error(sentence) : error)
    })
    server.listen(port, host, resolve)
  })
}

async function closeServer(server: Server) {
  const closed = new Promise((resolve) => server.close(resolve))
  openStreams().endAll()
  server.closeIdleConnections()
  await Promise.race([closed, sleep(500)])
  server.closeAllConnections()
}

function say(line: string) {
  process.stdout.write(`${line}\n`)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
