import { type JobInsert, PgBoss } from 'pg-boss'
import { databaseAddress } from '../db/client.ts'
import { env } from '../env.ts'
import { log } from '../log.ts'
import { forgetProcessWide, processWide } from '../process-wide.ts'
import { type WakeUp, endWakeEvents, sendWakeEvents } from './wake-events.ts'

/**
 * The two queues of wake-ups, each with its own workers: `call` for what waits for a provider, `store` for bringing
 * and keeping bytes. A job outlives the longest step of its queue, so that its workers are what bounds the steps; one
 * whose process has died is noticed by its heartbeat.
 */
const queues = {
  call: { name: 'wake-call', expireInSeconds: 10 * 60 },
  store: { name: 'wake-store', expireInSeconds: 25 * 60 },
} as const
export type QueueName = keyof typeof queues

interface Queue {
  boss: PgBoss
  started: Promise<unknown>
  /** The timers of those that look for wake-ups. */
  looks: NodeJS.Timeout[]
}

function queue(): Queue {
  return processWide('queue', () => {
    const boss = new PgBoss({
      connectionString: databaseAddress(),
      application_name: 'photofinish-queue',
      useListenNotify: true,
      monitorIntervalSeconds: 5,
      schedule: false,
      max: 6,
    })
    boss.on('error', (error) => log().warn({ err: error }, 'queue'))
    return { boss, started: open(boss), looks: [] }
  })
}

async function open(boss: PgBoss) {
  await boss.start()
  for (const { name, expireInSeconds } of Object.values(queues))
    await boss.createQueue(name, {
      notify: true,
      // Of the wake-ups with one key one waits at a time: what is woken reads the row, so a second says nothing new.
      policy: 'short',
      expireInSeconds,
      heartbeatSeconds: 10,
      // A lost job costs nothing: the sweep wakes the generation again.
      retryLimit: 0,
      retentionSeconds: 3600,
      deleteAfterSeconds: 60,
    })
}

/** Opens the queue, making its tables at the first start. */
export async function startQueue() {
  await queue().started
}

/** Wakes a generation. Losing the wake-up only costs the time until the next sweep. */
export function wakeGeneration(wakeUp: WakeUp) {
  return wakeGenerations([wakeUp])
}

/** Wakes many generations in one go: by the queue of the database, or as `JOBS` says. */
export async function wakeGenerations(wakeUps: WakeUp[]) {
  if (wakeUps.length === 0) return
  if (env().JOBS === 'inngest') sendWakeEvents(wakeUps, intoQueue)
  else await intoQueue(wakeUps)
}

/**
 * Wakes generations whose time has come and that nothing has woken, always by the queue of the database: whatever else
 * drives them may be the very thing that is away. What is still to come is then left to it.
 */
export async function wakeOverdue(wakeUps: WakeUp[]) {
  const isLeft = env().JOBS === 'inngest'
  await intoQueue(isLeft ? wakeUps.filter(({ at }) => at === undefined) : wakeUps)
}

async function intoQueue(wakeUps: WakeUp[]) {
  if (wakeUps.length === 0) return
  const { boss, started } = queue()
  await started
  const stores = wakeUps.filter(({ state }) => state === 'storing')
  const calls = wakeUps.filter(({ state }) => state !== 'storing')
  if (stores.length > 0) await boss.insert(queues.store.name, stores.map(jobOf))
  if (calls.length > 0) await boss.insert(queues.call.name, calls.map(jobOf))
}

/** A wake-up for later never stands for one for now. */
function jobOf({ id, at }: WakeUp): JobInsert<{ fileId: string }> {
  const data = { fileId: id }
  if (!at || at <= new Date()) return { data, singletonKey: id }
  return { data, startAfter: at, singletonKey: `${id} at ${at.toISOString()}` }
}

/**
 * Hands every wake-up of a queue to `onWake`, at most so many at once. Between two notifications one idle worker looks
 * for all of them: what an idle queue costs does not grow with its workers.
 */
export async function workQueue(
  name: QueueName,
  onWake: (generationId: string) => Promise<void>,
  atOnce: number,
) {
  const { boss, started, looks } = queue()
  await started
  const idle = new Set<string>()
  const look = () => {
    const [one] = idle
    if (!one) return
    // The next look is another's: one that hangs does not look for all.
    idle.delete(one)
    idle.add(one)
    boss.notifyWorker(one)
  }
  for (let worker = 0; worker < atOnce; worker++) {
    const id = await boss.work<{ fileId: string }>(queues[name].name, workOptions, async (jobs) => {
      idle.delete(id)
      // Where one was, there may be more: by itself a worker takes one job a look, however many wait.
      look()
      try {
        for (const job of jobs) await onWake(job.data.fileId)
      } finally {
        idle.add(id)
        boss.notifyWorker(id)
      }
    })
    idle.add(id)
  }
  looks.push(setInterval(look, lookMs).unref())
}

/** A wake-up whose time has come is announced by no notification. */
const lookMs = 1_000
const workOptions = {
  // Where notifications do not get through, each worker looks for itself.
  pollingIntervalSeconds: 0.5,
  notifyPollingIntervalSeconds: 30,
}

/** Whether the queue answers; rejects where it does not. */
export async function pingQueue() {
  await queue().boss.getQueue(queues.call.name)
}

/** Takes no more wake-ups, lets the ones in flight finish for at most `timeoutMs`, and closes. */
export async function stopQueue(timeoutMs: number) {
  const { boss, started, looks } = queue()
  for (const timer of looks) clearInterval(timer)
  await Promise.all([started.catch(() => {}), endWakeEvents()])
  await boss.stop({ graceful: true, timeout: timeoutMs })
  forgetProcessWide('queue')
}
