import { findRoute } from '#lib/ai/models/catalogue'
import type { CheckResult, Json, Provider, SubmitResult } from '#lib/ai/providers/provider'
import { priceMicros } from '#lib/contract/money'
import { aProviderError } from '../support/generations/scripted-provider.ts'
import { type Hang, createHangs } from './hangs.ts'
import { type MoneyPlan, type Traits, makesJob, subjects } from './money/money-plan.ts'
import { refusalOf } from './refusal-of.ts'

/** A job on a provider's books: money was taken for it. */
export interface BookedJob {
  provider: string
  idempotencyKey: string
  /** What the provider charges for it: its price from the moment it is made, nothing once it has stopped it. */
  billedMicros: number
  willSucceed: boolean
  /** Whether it came whole with the answer: there is nothing to ask for again. */
  isDoneAtOnce: boolean
  /** How often the user had asked for another try when it was ordered. */
  consent: number
  /** Whether a living process got the answer. */
  wasAnswered: boolean
  /** Whether it did while no other submit was under way. */
  wasAnsweredInTime: boolean
  /** Whether a webhook has named it. */
  wasNamed: boolean
  /** Whether it was ordered although we had proof of an earlier one, and a way to it. */
  isNeedless: boolean
}

export interface MarketOptions {
  plan: MoneyPlan
  /** Where the finished bytes lie; without it nothing that is finished can be fetched. */
  madePath: string | undefined
  /** Sends the webhook of a job that has only just been made. */
  notify(job: BookedJob): Promise<void>
  /** Takes the database away for a moment. */
  stumble(): Promise<void>
}

/** The two providers of one model and their books, playing a script. */
export interface Market {
  providers: Provider[]
  jobs: BookedJob[]
  /** Makes the jobs whose submits were still on their way. */
  arrive(): void
  /** Calls that did not come back. */
  hangs: Hang[]
  /** How often a provider was asked how far a job is. */
  looks: number
  /** How often a provider was asked to make the video. */
  starts: number
  /** How often the user has asked for another try. */
  consents: number
  /** Called whenever a call hangs. */
  onHang(): void
  /** From now on every provider does what it should. */
  behave(): void
}

/** Opens the market: `kie`, the first choice, and `vertex`, its fallback. */
export function openMarket(options: MarketOptions): Market {
  const { first, second, submits, looks, searches } = options.plan
  const script = { submits: [...submits], looks: [...looks], searches: [...searches] }
  const market: Market = {
    providers: [],
    jobs: [],
    hangs: [],
    looks: 0,
    starts: 0,
    consents: 0,
    arrive: () => {},
    onHang: () => {},
    behave() {
      for (const words of Object.values(script)) words.length = 0
    },
  }
  const onTheirWay: BookedJob[] = []
  market.arrive = () => void market.jobs.push(...onTheirWay.splice(0))
  const stall = { market, script, options, onTheirWay, hang: createHangs(market) }
  market.providers = [providerOf('kie', first, stall), providerOf('vertex', second, stall)]
  return market
}

interface Stall {
  market: Market
  script: Pick<MoneyPlan, 'submits' | 'looks' | 'searches'>
  options: MarketOptions
  onTheirWay: BookedJob[]
  hang: ReturnType<typeof createHangs>
}

function providerOf(id: string, traits: Traits, stall: Stall): Provider {
  const search = (key: string) => searchFor(id, key, stall)
  return {
    id,
    label: id,
    prepare: async () => null,
    submit: (_prepared, key) => submit(id, key, stall),
    check: (operation) => check(id, operation, traits, stall),
    ...(traits.canFind && { find: search }),
    ...(traits.canAdopt && { adopt: search }),
    ...(traits.canCancel && { cancel: (operation: Json) => cancel(id, operation, stall) }),
    fetch: () => Promise.reject(new Error('the line is down')),
    readWebhook({ headers, body }) {
      const { providerJobId, says } = JSON.parse(new TextDecoder().decode(body))
      const deliveryId = `${providerJobId} ${says}`
      return headers.get('signature') === 'good' ? { providerJobId, deliveryId } : null
    },
    health: async () => ({ state: 'ok' }),
  }
}

const answered = { word: 'answered', willSucceed: true, isNotifiedEarly: false } as const
/** The catalogue's price, which is what the provider charges. */
function priceAt(provider: string, { terms }: MoneyPlan) {
  const { model, settings } = subjects[terms.subject]
  const { price } = findRoute(model, provider)!
  return priceMicros(price, settings.duration, settings.resolution)
}

async function submit(id: string, idempotencyKey: string, stall: Stall): Promise<SubmitResult> {
  const { market, script, options, onTheirWay, hang } = stall
  const number = ++market.starts
  const { word, willSucceed, isNotifiedEarly } = script.submits.shift() ?? answered
  if (!makesJob(word)) return refusalOf(word, hang)
  const isDone = word === 'completed at once' || word === 'completed late'
  const consent = market.consents
  const billedMicros = priceAt(id, options.plan)
  const job = {
    provider: id,
    idempotencyKey,
    billedMicros,
    willSucceed: willSucceed || isDone,
    isDoneAtOnce: isDone,
    consent,
  }
  const isNeedless = market.jobs.some((one) => isKnown(one, options.plan))
  const unheardOf = { wasAnswered: false, wasAnsweredInTime: false, wasNamed: false }
  const booked: BookedJob = { ...job, ...unheardOf, isNeedless }
  const answer = (): SubmitResult => {
    booked.wasAnswered = true
    booked.wasAnsweredInTime = market.starts === number
    return isDone
      ? { completed: finished(stall) }
      : { operation: { job: idempotencyKey }, providerJobId: idempotencyKey }
  }
  if (word === 'lost on its way') {
    onTheirWay.push(booked)
    throw new Error('socket hang up')
  }
  market.jobs.push(booked)
  if (isNotifiedEarly) await options.notify(booked)
  if (word === 'lost with a job') throw new Error('socket hang up')
  if (word === 'killed after the job') return hang()
  if (word === 'answered late' || word === 'completed late') return hang(answer)
  if (word === 'answered into a stumble') await options.stumble()
  return answer()
}

function isKnown(job: BookedJob, { first, second }: MoneyPlan) {
  const { canFind, canAdopt } = job.provider === 'kie' ? first : second
  if (job.wasAnsweredInTime) return true
  return (canAdopt && (job.wasNamed || job.wasAnswered)) || (canFind && job.wasAnswered)
}

async function check(
  id: string,
  operation: Json,
  traits: Traits,
  stall: Stall,
): Promise<CheckResult> {
  const { market, script, hang } = stall
  market.looks++
  const job = jobOf(id, operation, market)
  const word = job ? (script.looks.shift() ?? 'the truth') : 'not found'
  if (word === 'pending') return { status: 'pending' }
  if (word === 'outage') throw new Error('502')
  if (word === 'killed') return hang()
  if (word === 'not found')
    throw aProviderError({ retryable: false, submitOutcome: 'job_made' }, 'not_found_or_expired')
  const isTrue = word === 'the truth'
  const told = isTrue && traits.tellsCost ? { costMicros: job!.billedMicros } : {}
  if (isTrue && job!.willSucceed) return { status: 'completed', output: finished(stall), ...told }
  const error = aProviderError({ submitOutcome: 'job_made' }, 'generation_failed')
  return { status: 'failed', error, ...told }
}

async function cancel(id: string, operation: Json, { market, script }: Stall) {
  const word = script.searches.shift() ?? 'the truth'
  if (word === 'outage') throw aProviderError({ submitOutcome: 'job_made' })
  const job = jobOf(id, operation, market)!
  job.billedMicros = 0
  job.willSucceed = false
}

function jobOf(id: string, operation: Json, { jobs }: Market) {
  const { job: key } = operation as { job: string }
  return jobs.find((one) => one.idempotencyKey === key && one.provider === id)
}

function finished({ options: { madePath } }: Stall) {
  return madePath ? ({ kind: 'path', path: madePath } as const) : ({ kind: 'fetch' } as const)
}

/** The job of an idempotency key, or of the provider's own name of the job, which is the same here. */
async function searchFor(id: string, key: string, { market, script, hang }: Stall) {
  const word = script.searches.shift() ?? 'the truth'
  if (word === 'outage') throw new Error('502')
  if (word === 'killed') return hang<null>()
  const operation = { job: key }
  const isThere = jobOf(id, operation, market) !== undefined
  // It arrives right after a look-up that found nothing.
  if (!isThere) market.arrive()
  return isThere ? { operation } : null
}
