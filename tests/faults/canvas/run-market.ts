import { catalogue, findRoute } from '#lib/ai/models/catalogue'
import type {
  CheckResult,
  Json,
  Provider,
  ProviderRequest,
  SubmitResult,
} from '#lib/ai/providers/provider'
import { priceMicros } from '#lib/contract/money'
import { aProviderError } from '../../support/generations/scripted-provider.ts'
import { type Hang, createHangs } from '../hangs.ts'
import { makesJob } from '../money/money-plan.ts'
import { refusalOf } from '../refusal-of.ts'
import type { RunPlan } from './run-plan.ts'

/** A job on a provider's books: money was taken for it. */
export interface RunJob {
  provider: string
  idempotencyKey: string
  billedMicros: number
  willSucceed: boolean
}

/** The providers of a run and their books, playing a script. */
export interface RunMarket {
  providers: Provider[]
  jobs: RunJob[]
  hangs: Hang[]
  /** Called whenever a call hangs. */
  onHang(): void
  /** How often a provider was asked to make something of an input that was not there. */
  unready: number
  /** From now on every provider does what it should. */
  behave(): void
}

interface Stall {
  market: RunMarket
  plan: RunPlan
  script: Pick<RunPlan, 'submits' | 'looks'>
  hang: ReturnType<typeof createHangs>
}

/** Opens the market: `kie`, and `vertex`, which steps in for most models. `framePath` is what is cut out of videos. */
export function openRunMarket(plan: RunPlan, framePath: string): RunMarket {
  const script = { submits: [...plan.submits], looks: [...plan.looks] }
  const market: RunMarket = {
    providers: [],
    jobs: [],
    hangs: [],
    unready: 0,
    onHang: () => {},
    behave() {
      for (const words of Object.values(script)) words.length = 0
    },
  }
  const stall = { market, plan, script, hang: createHangs(market) }
  market.providers = [providerOf('kie', stall), providerOf('vertex', stall), cutter(framePath)]
  return market
}

/** What a submit comes to is known by then: what it is to be made of was read. */
interface Order {
  model: string
  micros: number
}

function providerOf(id: string, stall: Stall): Provider {
  const { market, plan } = stall
  const jobOf = (operation: Json) => {
    const { job: key } = operation as { job: string }
    return market.jobs.find((one) => one.idempotencyKey === key && one.provider === id)
  }
  return {
    id,
    label: id,
    prepare: async (request) => ({ ...(await orderOf(id, request, stall)) }),
    submit: (order, key) => submit(id, order as unknown as Order, key, stall),
    check: async (operation) => check(jobOf(operation), stall),
    ...(plan.canFind && {
      find: async (key: string) => (jobOf({ job: key }) ? { operation: { job: key } } : null),
    }),
    ...(plan.canCancel && {
      async cancel(operation: Json) {
        const job = jobOf(operation)!
        job.billedMicros = 0
        job.willSucceed = false
      },
    }),
    fetch: () => Promise.reject(new Error('the line is down')),
    health: async () => ({ state: 'ok' }),
  }
}

async function orderOf(id: string, request: ProviderRequest, { market }: Stall): Promise<Order> {
  for (const input of request.inputs)
    await input.read().catch((error: unknown) => {
      market.unready++
      throw error
    })
  const { model, durationSeconds, resolution } = request
  const named = catalogue.find((one) => findRoute(one.id, id)?.model === model)!
  return { model, micros: priceMicros(findRoute(named.id, id)!.price, durationSeconds, resolution) }
}

const answered = { word: 'answered', willSucceed: true } as const

async function submit(
  provider: string,
  { micros }: Order,
  idempotencyKey: string,
  { market, script, hang }: Stall,
): Promise<SubmitResult> {
  const { word, willSucceed } = script.submits.shift() ?? answered
  if (!makesJob(word)) return refusalOf(word, hang)
  market.jobs.push({ provider, idempotencyKey, billedMicros: micros, willSucceed })
  if (word === 'lost with a job') throw new Error('socket hang up')
  if (word === 'killed after the job') return hang()
  return { operation: { job: idempotencyKey }, providerJobId: idempotencyKey }
}

/** A failed job is billed nothing from the moment that this is told. */
function check(
  job: RunJob | undefined,
  { script, hang }: Stall,
): Promise<CheckResult> | CheckResult {
  const word = script.looks.shift() ?? 'the truth'
  if (word === 'pending') return { status: 'pending' }
  if (word === 'outage') throw new Error('502')
  if (word === 'killed') return hang()
  if (job!.willSucceed) return { status: 'completed', output: { kind: 'fetch' } }
  job!.billedMicros = 0
  const error = aProviderError({ submitOutcome: 'job_made' }, 'generation_failed')
  return { status: 'failed', error, costMicros: 0 }
}

/** Cuts the last frame out of a video, which costs nothing. */
function cutter(framePath: string): Provider {
  return {
    id: 'edits',
    label: 'edits',
    prepare: async () => null,
    submit: async (_prepared, key) => ({ operation: { job: key } }),
    check: async () => ({ status: 'completed', output: { kind: 'path', path: framePath } }),
    health: async () => ({ state: 'ok' }),
  }
}
