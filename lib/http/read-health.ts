import packageJson from '../../package.json' with { type: 'json' }
import type { HealthView } from '#lib/contract/health-view'
import { productionStorage } from '../storage/production-storage.ts'
import { providers as allProviders } from '../ai/providers/index.ts'
import { pingDatabase } from '../db/ping.ts'
import { pingQueue } from '../jobs/queue.ts'
import { log } from '../log.ts'

const patienceMs = 2_000

type Part = HealthView['database']

/** How the installation is, every part asked at once and given two seconds. The reasons are plain sentences. */
export async function readHealth(): Promise<HealthView> {
  const switchedOn = allProviders()
  const [database, queue, storage, ...providers] = await Promise.all([
    ask(pingDatabase, 'The database does not answer.'),
    ask(pingQueue, 'The job queue does not answer.'),
    ask(() => productionStorage().ping(), 'Storage cannot be written.'),
    ...[...switchedOn.values()].map((provider) =>
      askProvider(() =>
        provider.health({
          fetch: globalThis.fetch,
          now: () => new Date(),
          signal: AbortSignal.timeout(patienceMs),
          callbackUrl: null,
          token: '',
        }),
      ),
    ),
  ])
  const names = [...switchedOn.keys()]
  const parts = { database, queue, storage }
  return {
    status: overall(Object.values(parts), providers),
    version: packageJson.version,
    ...parts,
    providers: Object.fromEntries(names.map((name, index) => [name, providers[index]!])),
  }
}

async function ask(question: () => Promise<unknown>, sentence: string): Promise<Part> {
  return askProvider(async () => {
    await question()
    return { state: 'ok' }
  }).then((part) => (part.state === 'ok' ? part : { ...part, message: sentence }))
}

async function askProvider(question: () => Promise<Part>): Promise<Part> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('no answer in time')), patienceMs)
  try {
    return await Promise.race([question(), late])
  } catch (error) {
    log().warn({ err: error }, 'a health check failed')
    return { state: 'down', message: 'It does not answer.' }
  } finally {
    clearTimeout(timer)
  }
}

/** Without the database nothing works; without queue or storage it goes on slower, or as soon as they are back. */
function overall(parts: Part[], providers: Part[]): HealthView['status'] {
  if (parts[0]!.state === 'down') return 'down'
  const allOk = [...parts, ...providers].every((part) => part.state === 'ok')
  return allOk ? 'ok' : 'degraded'
}
