import { type MessageRef, message } from '#lib/messages/message'
import packageJson from '../../package.json' with { type: 'json' }
import type {
  HealthView,
  PartHealth,
  ProvidersAnswer,
  StorageHealth,
} from '#lib/contract/provider-view'
import { pingDatabase } from '../db/client.ts'
import { pingQueue } from '../jobs/queue.ts'
import { log } from '../log.ts'
import { productionStorage } from '../assets/storage/production-storage.ts'
import { roomMessage } from '../assets/storage/room.ts'
import type { Storage } from '../assets/storage/storage.ts'
import { accessMode } from '../generations/access.ts'
import { countUnsaved } from '../generations/queries.ts'
import { settingsWarnings } from './warnings.ts'

const patienceMs = 2_000

/**
 * How the installation is, every part asked at once and given two seconds; the providers as `readProviders` tells
 * them. The reasons are plain sentences.
 */
export async function readHealth(
  readProviders: () => Promise<ProvidersAnswer>,
): Promise<HealthView> {
  const [database, queue, storage, answer] = await Promise.all([
    ask(pingDatabase, message('status.databaseDown')),
    ask(pingQueue, message('status.queueDown')),
    readStorage(),
    readProviders().catch((error: unknown) => {
      log().warn({ err: error }, 'the providers could not be read')
      return undefined
    }),
  ])
  const providers = providersOf(answer)
  const webhooks = answer?.pollingOnlyReason ?? 'on'
  const parts = { database, queue, storage }
  const { mode, reason } = accessMode()
  return {
    status: overall(Object.values(parts), Object.values(providers)),
    version: packageJson.version,
    ...parts,
    providers,
    access: { mode, reason },
    warnings: settingsWarnings(),
    webhooks,
    callbacks: webhooks,
  }
}

function providersOf(answer: ProvidersAnswer | undefined): HealthView['providers'] {
  const on = (answer?.providers ?? []).flatMap(({ id, health, circuit, cooldown, record }) => {
    if (!health) return []
    const { credits: _, ...part } = health
    if (cooldown) return [[id, { state: 'degraded', message: cooldown.reason, record }] as const]
    if (circuit === 'open')
      return [
        [
          id,
          {
            state: 'degraded',
            message: message('status.says_open'),
            record,
          },
        ] as const,
      ]
    return [[id, { ...part, record }] as const]
  })
  return Object.fromEntries(on)
}

/** What storage can still take, and how many finished videos wait for it. */
export async function readStorage(
  storage: Pick<Storage, 'room'> = productionStorage(),
): Promise<StorageHealth> {
  const room = await withPatience(storage.room()).catch(() => undefined)
  if (!room) return { state: 'down', message: message('storage.notResponding') }
  if (room.state === 'ok') return { state: 'ok' }
  const waiting = await withPatience(countUnsaved()).catch(() => 0)
  const what = roomMessage(room)
  return {
    state: room.state === 'unwritable' ? 'down' : 'degraded',
    message: waiting > 0 ? message('storage.waiting', { what, count: waiting }) : what,
    freeBytes: room.freeBytes,
    waiting,
  }
}

async function ask(question: () => Promise<unknown>, sentence: MessageRef): Promise<PartHealth> {
  try {
    await withPatience(question())
    return { state: 'ok' }
  } catch (error) {
    log().warn({ err: error }, 'a health check failed')
    return { state: 'down', message: sentence }
  }
}

async function withPatience<T>(answer: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('no answer in time')), patienceMs)
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}

/** Without the database nothing works; without queue or storage it goes on slower, or as soon as they are back. */
function overall(parts: PartHealth[], providers: PartHealth[]): HealthView['status'] {
  if (parts[0]!.state === 'down') return 'down'
  const allOk = [...parts, ...providers].every((part) => part.state === 'ok')
  return allOk ? 'ok' : 'degraded'
}
