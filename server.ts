import { existsSync, readFileSync } from 'node:fs'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import next from 'next'
import { providers } from '#lib/ai/providers/index'
import { closeDatabase, useDatabase } from '#lib/db/client'
import { startEmbeddedPostgres } from '#lib/db/embedded/embedded-postgres'
import { holdInstallation } from '#lib/db/embedded/hold-installation'
import { keepRunning } from '#lib/db/embedded/keep-running'
import { closeUsersFolders, openDataFolder } from '#lib/db/embedded/data-folder'
import { migrate } from '#lib/db/reach/migrate'
import { reachDatabase } from '#lib/db/reach/reach-database'
import { asOpenJourney, openJourneyPath } from '#lib/doors/openjourney/answers'
import { addChannels } from '#lib/doors/tell-channels'
import { startTelegram } from '#lib/doors/telegram/when-set'
import { env } from '#lib/env'
import { hub } from '#lib/events/hub'
import { openStreams } from '#lib/events/open-streams'
import { accessLine } from '#lib/generations/access'
import { shutdownController, submitsController } from '#lib/generations/engine/deps'
import { providersLine } from '#lib/reporting/providers'
import { settingsWarnings } from '#lib/reporting/warnings'
import { stepsInFlight } from '#lib/generations/engine/in-flight'
import { startWorker } from '#lib/generations/engine/worker'
import { sweepCanvases } from '#lib/canvas/store/sweep'
import { endDeafness } from '#lib/http/front-door/end-silence'
import { frontDoor } from '#lib/http/front-door/front-door'
import { serverOptions } from '#lib/http/front-door/server-limits'
import { sweepLibrary } from '#lib/library/sweep'
import { sweepTopUps } from '#lib/money/payments/webhook'
import { makeSetupLink } from '#lib/people/accounts/first-owner'
import { sweepEmptyAccounts } from '#lib/people/empty-accounts'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import type { Sweep } from '#lib/sweeping'
import { inEnglish, stretchMessages } from '#lib/messages/translate'
import { startNotices } from '#lib/notices/worker'
import { pace, usePace } from '#lib/pace'

// The composition root: environment, database, migrations, queue, shutdown, HTTP, worker; in this order.
// --dev serves with Next's development server, --worker-only serves nothing.

const isDev = process.argv.includes('--dev')
const isWorkerOnly = process.argv.includes('--worker-only')
// SIGTERM must be answered within 5 s; what is not done by then goes on at the next start.
const shutdownMs = 4_500
const stepsInFlightMs = 2_000
const lastWriteMs = 500

/** A terminal that was closed, or a pipe whose reader is gone, takes our words with it and nothing else. */
function outliveReaders() {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}

async function main() {
  const { DATABASE_URL, DATA_DIR, WORKER, BASE_PATH, PHOTOFINISH_STRETCH } = env()
  // No setting for users: the tests of the built product hurry it.
  usePace(process.env.PHOTOFINISH_PACE)
  if (PHOTOFINISH_STRETCH) stretchMessages()
  if (isWorkerOnly && !DATABASE_URL)
    throw new Error('A worker apart from the web needs a database both reach: set DATABASE_URL.')
  if (!isWorkerOnly && !isDev) assertBuiltFor(BASE_PATH)
  outliveReaders()
  // Before anything is begun: also a start that is stopped leaves nothing behind.
  onceAskedToStop()
  await openDataFolder(DATA_DIR)
  await closeUsersFolders(DATA_DIR)
  if (DATABASE_URL) await openAt(DATABASE_URL)
  else await (running.embedded = openEmbedded(DATA_DIR))
  say(DATABASE_URL ? 'Database: DATABASE_URL' : `Database: embedded PostgreSQL in ${DATA_DIR}`)
  running.hasDatabase = true
  await migrate()
  await startQueue()
  addChannels()
  const hasWorker = WORKER || isWorkerOnly
  say(hasWorker ? 'Worker: running in this process' : 'Worker: none here, run npm run worker')
  say(providersLine())
  say(accessLine())
  for (const warning of settingsWarnings()) say(`Warning: ${inEnglish(warning)}`)
  if (ending.signal.aborted) return
  if (!isWorkerOnly) running.server = await serve()
  // Last, and with an end prepared: a start that fails or is stopped interrupts no submit that is paid for.
  if (hasWorker && !ending.signal.aborted) {
    running.worker = await startWorker()
    const sweeps = [sweepEmptyAccounts(), sweepLibrary(), sweepCanvases(), sweepTopUps()]
    running.sweeps = sweeps.filter((sweep) => sweep !== undefined)
    running.notices = startNotices()
    running.telegram = startTelegram()
  }
}

interface Running {
  /** Settles once the database is open; kept from its first moment, so that a stop can wait for it. */
  embedded?: Promise<Embedded>
  hasDatabase?: boolean
  server?: Server
  worker?: Awaited<ReturnType<typeof startWorker>>
  sweeps?: Sweep[]
  notices?: ReturnType<typeof startNotices>
  telegram?: ReturnType<typeof startTelegram>
}

interface Embedded {
  stop(): Promise<void>
}

const running: Running = {}
const ending = new AbortController()
const stopSignals = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const

/** A second signal changes nothing: a service manager sends one to each process of ours, and we pass them on. */
function onceAskedToStop() {
  const ask = () => void shutDown()
  for (const signal of stopSignals) process.on(signal, ask)
  // The process that started us is gone.
  process.on('disconnect', ask)
}

/** Closes every part, also where an earlier one fails. The next start goes on with what takes too long. */
async function shutDown() {
  if (ending.signal.aborted) return
  end(0)
  say('Stopping: ending streams, finishing the steps in flight')
  const submitsEnd = sleep(stepsInFlightMs)
  const noticesEnd = running.notices?.stop()
  const parts: (() => unknown)[] = [
    () => running.server && closeServer(running.server),
    () => running.worker?.stop(),
    () => Promise.all((running.sweeps ?? []).map((sweep) => sweep.stop())),
    () => running.telegram?.stop(),
    () => shutdownController().abort(new Error('the process ends')),
    () => hub().close(),
    ...[...providers().values()].map((provider) => () => provider.close?.()),
    ...(running.hasDatabase ? [() => stopQueue(stepsInFlightMs)] : []),
    () => endSubmits(submitsEnd),
    () => noticesEnd,
    ...(running.hasDatabase ? [closeDatabase] : []),
    stopEmbedded,
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

/** From now on nothing new is begun, and the process ends in any case. */
function end(exitCode: number) {
  ending.abort(new Error('the process ends'))
  setTimeout(() => process.exit(exitCode), shutdownMs).unref()
}

/** A start that failed leaves no database behind that it has opened. */
async function giveUp() {
  end(1)
  // Closed from our side, so that the reason stays the last thing that is said.
  const parts = [...(running.hasDatabase ? [() => stopQueue(0), closeDatabase] : []), stopEmbedded]
  for (const close of parts) await Promise.resolve(close()).catch(() => {})
  process.exit(1)
}

async function stopEmbedded() {
  const embedded = await running.embedded?.catch(() => undefined)
  await embedded?.stop()
}

/** Waits for the answer to a submit that is out; one without an answer by then is written down as unknown. */
async function endSubmits(submitsEnd: Promise<void>) {
  const steps = Promise.allSettled(stepsInFlight())
  await Promise.race([steps, submitsEnd])
  submitsController().abort(new Error('the process ends'))
  await Promise.race([steps, sleep(lastWriteMs)])
}

async function openAt(databaseUrl: string) {
  await reachDatabase(databaseUrl)
  useDatabase(databaseUrl)
}

/** The embedded database, served by this process alone, and started again where it dies. */
async function openEmbedded(dataDirectory: string): Promise<Embedded> {
  const database = await startEmbeddedPostgres(dataDirectory, ending)
  const patience = { patienceMs: shutdownMs, revive: database.start }
  const held = await holdInstallation(database.connectionString, dataDirectory, patience)
  useDatabase(database.connectionString)
  if (database.wasAdopted) say('Database: found running, adopted')
  const watched = keepRunning(database, { pace: pace(), until: ending.signal })
  const stop = async () => {
    await watched
    await held.release()
    await database.stop()
  }
  return { stop }
}

async function serve(): Promise<Server> {
  const { PORT, HOST, BASE_PATH } = env()
  // Next reads it from here; no file of its own may say something else.
  process.env.BASE_PATH = BASE_PATH
  const app = next({ dev: isDev, dir: process.cwd(), hostname: HOST, port: PORT })
  await app.prepare()
  const build = isDev ? undefined : readFileSync('.next/BUILD_ID', 'utf8')
  const dialects = [{ path: openJourneyPath, translate: asOpenJourney }]
  const answer = frontDoor(app.getRequestHandler(), { build, isDev, dialects })
  const options = serverOptions({ isDev })
  const server = createServer(options, (request, response) => void answer(request, response))
  endDeafness(server)
  if (isDev) {
    const upgrade = app.getUpgradeHandler()
    server.on('upgrade', (request, socket, head) => void upgrade(request, socket, head))
  }
  await listen(server, PORT, HOST)
  const { port } = server.address() as AddressInfo
  const address = `http://localhost:${port}${BASE_PATH}`
  say(`Photofinish is ready: ${address}`)
  const setupLink = await makeSetupLink(env().PUBLIC_URL ?? address)
  if (setupLink) say(`No owner yet: who opens this link within an hour becomes it: ${setupLink}`)
  return server
}

/** The base path is built into the pages: served below another one they would come without style and life. */
function assertBuiltFor(basePath: string) {
  const manifest = join(process.cwd(), '.next', 'routes-manifest.json')
  // Without a build Next says what to do.
  if (!existsSync(manifest)) return
  const { basePath: built = '' } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    basePath?: string
  }
  if (built === basePath) return
  throw new Error(
    `BASE_PATH is "${basePath}", but the pages were built for "${built}". Start with npm start, which builds them again.`,
  )
}

function listen(server: Server, port: number, host: string) {
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken. Stop what uses it, or set PORT to another one.`,
    EACCES: `This user may not listen on port ${port}. Set PORT to one from 1024, and a proxy before it.`,
    EADDRNOTAVAIL: `HOST (${host}) is no address of this machine. Set it to one, or to 0.0.0.0.`,
    ENOTFOUND: `HOST (${host}) is no address of this machine. Set it to one, without brackets or port.`,
  }
  return new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const sentence = reasons[error.code ?? '']
      reject(sentence ? new Error(sentence, { cause: error }) : error)
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
  // What a stop has cut off is no failure, and the stop goes on.
  if (ending.signal.aborted) return
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  void giveUp()
})
