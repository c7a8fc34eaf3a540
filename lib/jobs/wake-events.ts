import { env } from '../env.ts'
import { log } from '../log.ts'
import { processWide } from '../process-wide.ts'

/**
 * The events that wake a generation through Inngest, one for each queue; and what is done of each at once. Calls mostly
 * wait for a provider, whose own limits bound what runs there; bringing, inspecting and storing bytes takes memory, disk
 * and processor of this machine.
 */
export const wakeEvents = {
  call: { name: 'photofinish/generation.wake', atOnce: 12 },
  store: { name: 'photofinish/generation.store', atOnce: 4 },
} as const

export interface WakeUp {
  id: string
  /** Now, where it is absent. */
  at?: Date
  /** The state it is in: bytes to bring go to the queue of their own. */
  state?: string | undefined
}

const usualAddress = 'https://inn.gs'
const patienceMs = 3_000
/** For how long Inngest is not asked after it did not take an event. */
const pauseMs = 10_000

/** When Inngest may be tried again, and what is on its way there. */
function state() {
  return processWide('wake events', () => ({ pausedUntil: 0, underWay: new Set<Promise<void>>() }))
}

/**
 * Sends wake-ups to Inngest, and does not wait for that: a start is never slower for it. `instead` takes those that
 * Inngest did not take.
 */
export function sendWakeEvents(wakeUps: WakeUp[], instead: (wakeUps: WakeUp[]) => Promise<void>) {
  const { underWay } = state()
  const sent = trySending(wakeUps)
    .then((isTaken) => (isTaken ? undefined : instead(wakeUps)))
    .catch((error: unknown) => log().warn({ err: error }, 'not woken'))
  underWay.add(sent)
  void sent.then(() => underWay.delete(sent))
}

/** Waits for what is on its way to Inngest. */
export async function endWakeEvents() {
  await Promise.all(state().underWay)
}

async function trySending(wakeUps: WakeUp[]) {
  if (Date.now() < state().pausedUntil) return false
  try {
    await send(wakeUps)
    return true
  } catch (error) {
    state().pausedUntil = Date.now() + pauseMs
    const code = error instanceof Error ? error.name : 'unknown'
    log().warn({ code }, 'Inngest took no wake-ups: the queue of the database does')
    return false
  }
}

async function send(wakeUps: WakeUp[]) {
  const { INNGEST_BASE_URL: base = usualAddress, INNGEST_EVENT_KEY: key = '' } = env()
  const answer = await fetch(`${base}/e/${encodeURIComponent(key)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wakeUps.map(eventOf)),
    signal: AbortSignal.timeout(patienceMs),
    redirect: 'error',
  })
  await answer.body?.cancel()
  if (!answer.ok) throw new Error(`Inngest answered ${answer.status}`)
}

/** One for later is taken once, and begins then: Inngest keeps what its `ts` says is still to come. */
function eventOf({ id, at, state: of }: WakeUp) {
  const { name } = wakeEvents[of === 'storing' ? 'store' : 'call']
  const data = { fileId: id }
  if (!at || at <= new Date()) return { name, data }
  return { name, data, ts: at.getTime(), id: `${id}-${of ?? ''}-${at.toISOString()}` }
}
