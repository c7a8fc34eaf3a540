import type { CheckResult, Json, Provider, SubmitResult } from '#lib/ai/providers/provider'
import { aProviderError } from '../support/scripted-provider.ts'
import { type Hang, createHangs } from './hangs.ts'
import { type MoneyPlan, type Traits, makesJob } from './money-plan.ts'
import { refusalOf } from './refusal-of.ts'

/** A job on a provider's books: money was taken for it. */
export interface BookedJob {
  provider: string
  token: string
  willSucceed: boolean
  /** How often the user had asked for another try when it was ordered. */
  consent: number
  /** Whether a living process got the answer. */
  wasAnswered: boolean
  /** Whether it did while no other submit was under way. */
  wasAnsweredInTime: boolean
  /** Whether a callback has named it. */
  wasNamed: boolean
  /** Whether it was ordered although we had proof of an earlier one, and a way to it. */
  isNeedless: boolean
}

export interface MarketOptions {
  plan: MoneyPlan
  /** Where the finished video lies; without it nothing that is finished can be fetched. */
  videoPath: string | undefined
  /** Sends the callback of a job that has only just been made. */
  knock(job: BookedJob): Promise<void>
  /** Takes the database away for a moment. */
  stumble(): Promise<void>
}

/** The two providers of one model and their books, playing a script. */
export interface Market {
  providers: Provider[]
  jobs: BookedJob[]
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
    onHang: () => {},
    behave() {
      for (const words of Object.values(script)) words.length = 0
    },
  }
  const stall = { market, script, options, hang: createHangs(market) }
  market.providers = [providerOf('kie', first, stall), providerOf('vertex', second, stall)]
  return market
}

interface Stall {
  market: Market
  script: Pick<MoneyPlan, 'submits' | 'looks' | 'searches'>
  options: MarketOptions
  hang: ReturnType<typeof createHangs>
}

function providerOf(id: string, traits: Traits, stall: Stall): Provider {
  const search = (token: string) => searchFor(id, token, stall)
  return {
    id,
    label: id,
    start: (_request, { token }) => start(id, token, stall),
    check: (operation) => check(id, operation, stall),
    ...(traits.canFind && { find: search }),
    ...(traits.canAdopt && { adopt: search }),
    ...(traits.canCancel && { cancel: async () => {} }),
    handOver: () => Promise.reject(new Error('the line is down')),
    readWebhook({ headers, body }) {
      const { reference, says } = JSON.parse(new TextDecoder().decode(body))
      const deliveryId = `${reference} ${says}`
      return headers.get('signature') === 'good' ? { reference, deliveryId } : null
    },
    health: async () => ({ state: 'ok' }),
  }
}

const answered = { word: 'answered', willSucceed: true, isKnockedEarly: false } as const

async function start(id: string, token: string, stall: Stall): Promise<SubmitResult> {
  const { market, script, options, hang } = stall
  const number = ++market.starts
  const { word, willSucceed, isKnockedEarly } = script.submits.shift() ?? answered
  if (!makesJob(word)) return refusalOf(word, hang)
  const isDone = word === 'completed at once'
  const consent = market.consents
  const job = { provider: id, token, willSucceed: willSucceed || isDone, consent }
  const isNeedless = market.jobs.some((one) => isKnown(one, options.plan))
  const unheardOf = { wasAnswered: false, wasAnsweredInTime: false, wasNamed: false }
  const booked: BookedJob = { ...job, ...unheardOf, isNeedless }
  const answer = (): SubmitResult => {
    booked.wasAnswered = true
    booked.wasAnsweredInTime = market.starts === number
    return isDone ? { completed: finished(stall) } : { operation: { job: token }, reference: token }
  }
  market.jobs.push(booked)
  if (isKnockedEarly) await options.knock(booked)
  if (word === 'lost with a job') throw new Error('socket hang up')
  if (word === 'killed after the job') return hang()
  if (word === 'answered late') return hang(answer)
  if (word === 'answered into a stumble') await options.stumble()
  return answer()
}

function isKnown(job: BookedJob, { first, second }: MoneyPlan) {
  const { canFind, canAdopt } = job.provider === 'kie' ? first : second
  if (job.wasAnsweredInTime) return true
  return (canAdopt && (job.wasNamed || job.wasAnswered)) || (canFind && job.wasAnswered)
}

async function check(id: string, operation: Json, stall: Stall): Promise<CheckResult> {
  const { market, script, hang } = stall
  market.looks++
  const { job: token } = operation as { job: string }
  const job = market.jobs.find((one) => one.token === token && one.provider === id)
  const word = job ? (script.looks.shift() ?? 'the truth') : 'not found'
  if (word === 'pending') return { status: 'pending' }
  if (word === 'outage') throw new Error('502')
  if (word === 'killed') return hang()
  if (word === 'not found')
    throw aProviderError({ retryable: false, submitOutcome: 'job_made' }, 'not_found_or_expired')
  return word === 'the truth' && job!.willSucceed
    ? { status: 'completed', output: finished(stall) }
    : {
        status: 'failed',
        error: aProviderError({ submitOutcome: 'job_made' }, 'generation_failed'),
      }
}

function finished({ options: { videoPath } }: Stall) {
  return videoPath ? ({ kind: 'path', path: videoPath } as const) : ({ kind: 'handover' } as const)
}

/** The job of a token, or of a reference, which is the same here. */
async function searchFor(id: string, token: string, { market, script, hang }: Stall) {
  const word = script.searches.shift() ?? 'the truth'
  if (word === 'outage') throw new Error('502')
  if (word === 'killed') return hang<null>()
  const isThere = market.jobs.some((job) => job.token === token && job.provider === id)
  return isThere ? { operation: { job: token } } : null
}
