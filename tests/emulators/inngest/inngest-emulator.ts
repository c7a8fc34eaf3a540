import { randomUUID } from 'node:crypto'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { type EmulatedRun, execute } from './inngest-run.ts'
import { signatureOf } from './inngest-signatures.ts'

export interface EmulatedEvent {
  id: string
  name: string
  data: Record<string, unknown>
  ts: number
}

/** A function as its app has registered it. */
export interface EmulatedFunction {
  id: string
  url: string
  event: string
  atOnce: number
}

export interface InngestSettings {
  port?: number
  eventKey?: string
  signingKey?: string
  /** Every call of a function is made twice, at once. */
  callsTwice?: boolean
  /** How much faster than told it sleeps and retries. Default 1. */
  haste?: number
  /** An event whose id was seen before begins no run. Inngest does that for a day; not to try that, give false. */
  knowsIds?: boolean
  /** Takes connections, and answers nothing. */
  isDeaf?: boolean
}

export interface InngestEmulator {
  readonly url: string
  /** May be changed while it runs. */
  readonly settings: Required<InngestSettings>
  readonly events: EmulatedEvent[]
  readonly runs: EmulatedRun[]
  readonly functions: EmulatedFunction[]
  /** Has an app register what it serves; answers its status. */
  sync(serveUrl: string): Promise<number>
  /** Takes an event as from a program, and begins its runs. Answers them. */
  send(event: Pick<EmulatedEvent, 'name' | 'data'> & Partial<EmulatedEvent>): EmulatedRun[]
  /** The executor goes away in the middle of everything; runs stay as they are. */
  vanish(): void
  /** It is back, and goes on with every run that is not over. */
  comeBack(): void
  close(): Promise<void>
}

/**
 * An executor of Inngest on this machine, at one address: takes events at `/e/<key>` and what an app registers at
 * `/fn/register`, calls the functions with real signatures, remembers their steps, sleeps and retries. Its books are at
 * `/_emulator/runs`.
 */
export async function startInngestEmulator(given: InngestSettings = {}): Promise<InngestEmulator> {
  const settings: Required<InngestSettings> = {
    port: 0,
    eventKey: 'emulator-event-key',
    signingKey: 'signkey-test-0123456789abcdef',
    callsTwice: false,
    haste: 1,
    knowsIds: true,
    isDeaf: false,
    ...given,
  }
  const events: EmulatedEvent[] = []
  const runs: EmulatedRun[] = []
  const functions: EmulatedFunction[] = []
  let presence = new AbortController()

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  async function answer(request: IncomingMessage, response: ServerResponse) {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (settings.isDeaf) return
    const body: unknown = request.method === 'POST' ? await json(request).catch(() => null) : null
    const [status, told] = route(path, request.headers.authorization ?? '', body)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(told))
  }
  await new Promise<void>((resolve) => server.listen(settings.port, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  function route(path: string, authorization: string, body: unknown): [number, unknown] {
    if (path === '/_emulator/runs') return [200, runs]
    if (path === '/fn/register' && authorization.startsWith('Bearer signkey-')) {
      register(body as Registration)
      return [200, { ok: true, modified: true }]
    }
    if (path !== `/e/${settings.eventKey}`) return [401, { error: 'Event key not found' }]
    const taken = [body as EmulatedEvent].flat()
    taken.forEach(send)
    return [200, { ids: taken.map(({ id }) => id), status: 200 }]
  }

  function register({ functions: registered }: Registration) {
    const known = registered.map(({ id, triggers, steps, concurrency }) => ({
      id,
      url: steps.step.runtime.url,
      event: triggers[0]!.event,
      atOnce: [concurrency ?? []].flat()[0]?.limit ?? Infinity,
    }))
    functions.splice(0, functions.length, ...known)
  }

  function send(partial: Parameters<InngestEmulator['send']>[0]): EmulatedRun[] {
    const event = { ts: Date.now(), ...partial, id: partial.id ?? randomUUID() }
    const isKnown = settings.knowsIds && events.some(({ id }) => id === event.id)
    events.push(event)
    if (isKnown) return []
    return functions
      .filter((fn) => fn.event === event.name)
      .map((fn) => {
        const books = { output: null, steps: {}, calls: 0, attempt: 0 }
        const run = {
          id: randomUUID(),
          functionId: fn.id,
          event,
          state: 'running',
          ...books,
        } as const
        runs.push({ ...run })
        void go(runs.at(-1)!)
        return runs.at(-1)!
      })
  }

  async function go(run: EmulatedRun) {
    const { signal } = presence
    const fn = functions.find(({ id }) => id === run.functionId)!
    try {
      await sleep(Math.max(0, run.event.ts - Date.now()), undefined, { signal })
      while (underWay(fn) >= fn.atOnce) await sleep(20, undefined, { signal })
      inHand.add(run)
      await execute(run, fn, { ...settings, signal })
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      inHand.delete(run)
    }
  }
  const inHand = new Set<EmulatedRun>()
  const underWay = ({ id }: EmulatedFunction) =>
    [...inHand].filter(({ functionId }) => functionId === id).length

  return {
    url,
    settings,
    events,
    runs,
    functions,
    send,
    async sync(serveUrl) {
      const headers = { 'x-inngest-signature': signatureOf(settings.signingKey, '') }
      const answer = await fetch(serveUrl, { method: 'PUT', headers }).catch(() => undefined)
      await answer?.body?.cancel()
      return answer?.status ?? 0
    },
    vanish: () => presence.abort(),
    comeBack() {
      presence = new AbortController()
      for (const run of runs) if (run.state === 'running') void go(run)
    },
    async close() {
      presence.abort()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** What an app says of its functions, as far as it is read here. */
interface Registration {
  functions: {
    id: string
    triggers: { event: string }[]
    steps: { step: { runtime: { url: string } } }
    concurrency?: { limit: number } | { limit: number }[]
  }[]
}
