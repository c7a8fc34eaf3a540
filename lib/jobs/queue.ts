import { type JobInsert, PgBoss } from 'pg-boss'
import { databaseAddress } from '../db/client.ts'
import { log } from '../log.ts'
import { forgetProcessWide, processWide } from '../process-wide.ts'

/** pg-boss's queue of wake-ups. Each job is a hint to look at one file; the rows know everything else. */
const queueName = 'wake-file'

interface Queue {
  boss: PgBoss
  started: Promise<unknown>
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
    return { boss, started: open(boss) }
  })
}

async function open(boss: PgBoss) {
  await boss.start()
  await boss.createQueue(queueName, {
    notify: true,
    // Of the wake-ups with one key one waits at a time: whoever is woken reads the row, so a second says nothing new.
    policy: 'short',
    // A step is short, and a lost job costs nothing: the sweep wakes the file again.
    expireInSeconds: 60,
    heartbeatSeconds: 10,
    retryLimit: 0,
    retentionSeconds: 3600,
    deleteAfterSeconds: 60,
  })
}

/** Opens the queue, making its tables at the first start. */
export async function startQueue() {
  await queue().started
}

/** Wakes a file now, or at a time. Losing the wake-up only costs the time until the next sweep. */
export async function wakeFile(fileId: string, at?: Date) {
  const { boss, started } = queue()
  await started
  await boss.insert(queueName, [jobOf(fileId, at)])
}

/** Wakes many files in one go. */
export async function wakeFiles(wakeUps: { fileId: string; at?: Date }[]) {
  if (wakeUps.length === 0) return
  const { boss, started } = queue()
  await started
  const jobs = wakeUps.map(({ fileId, at }) => jobOf(fileId, at))
  await boss.insert(queueName, jobs)
}

/** A wake-up for later never stands for one for now. */
function jobOf(fileId: string, at: Date | undefined): JobInsert<{ fileId: string }> {
  const data = { fileId }
  if (!at) return { data, singletonKey: fileId }
  return { data, startAfter: at, singletonKey: `${fileId} at ${at.toISOString()}` }
}

/** Hands every wake-up to `onWake`, several at once. */
export async function workQueue(onWake: (fileId: string) => Promise<void>, concurrency: number) {
  const { boss, started } = queue()
  await started
  for (let worker = 0; worker < concurrency; worker++) {
    const id = await boss.work<{ fileId: string }>(queueName, workOptions, async (jobs) => {
      for (const job of jobs) await onWake(job.data.fileId)
      // Where one was, there may be more: by itself a worker takes one job a second, however many wait.
      boss.notifyWorker(id)
    })
  }
}

const workOptions = {
  pollingIntervalSeconds: 0.5,
  // The default of 30 s strands a backlog that no notification speaks of.
  notifyPollingIntervalSeconds: 1,
}

/** Whether the queue answers; rejects where it does not. */
export async function pingQueue() {
  await queue().boss.getQueue(queueName)
}

/** Takes no more wake-ups, lets the ones in hand finish for at most `timeoutMs`, and closes. */
export async function stopQueue(timeoutMs: number) {
  const { boss, started } = queue()
  await started.catch(() => {})
  await boss.stop({ graceful: true, timeout: timeoutMs })
  forgetProcessWide('queue')
}
