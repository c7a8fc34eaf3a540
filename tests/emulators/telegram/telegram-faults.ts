import { HangUp } from '../emulator.ts'

/** What Telegram does wrong, or refuses. `-after`: it does what was asked for, and its answer is lost. */
export type Misdeed =
  | '429'
  | '403'
  | '400'
  | '500'
  | '502'
  | 'hang'
  | 'reset'
  | 'reset-after'
  | 'hang-after'

export interface Order {
  /** `sendVideo`, or `file` for a download; every method without it. */
  method?: string
  does: Misdeed
  /** Of calls about this chat alone. */
  chat?: number
  times?: number
  /** Seconds, for 429. */
  retryAfter?: number
}

/** An answer of the Bot API. */
export interface BotAnswer {
  status: number
  json: {
    ok: boolean
    result?: unknown
    error_code?: number
    description?: string
    parameters?: object
  }
}

export function done(result: unknown): BotAnswer {
  return { status: 200, json: { ok: true, result } }
}

export function refusal(code: number, description: string, parameters?: object): BotAnswer {
  return {
    status: code,
    json: { ok: false, error_code: code, description, ...(parameters && { parameters }) },
  }
}

/** Thrown where the Bot API refuses a call. */
export class Refused extends Error {
  readonly answer: BotAnswer
  constructor(code: number, description: string, parameters?: object) {
    super(description)
    this.answer = refusal(code, description, parameters)
  }
}

/** The next misdeed ordered for a method and chat, counted off. */
export function strike(orders: Order[], method: string, chat: number): Order | undefined {
  const order = orders.find(
    (one) => (one.method ?? method) === method && (one.chat === undefined || one.chat === chat),
  )
  if (!order) return undefined
  order.times = (order.times ?? 1) - 1
  if (order.times <= 0) orders.splice(orders.indexOf(order), 1)
  return order
}

/** Does what is ordered before a call is carried out; undefined where it is carried out first. */
export async function before({ does, retryAfter = 1 }: Order): Promise<BotAnswer | undefined> {
  if (does === 'reset') throw new HangUp()
  if (does === 'hang') await new Promise(() => {})
  if (does === '429')
    return refusal(429, `Too Many Requests: retry after ${retryAfter}`, { retry_after: retryAfter })
  if (does === '403') return refusal(403, 'Forbidden: bot was blocked by the user')
  if (does === '400') return refusal(400, 'Bad Request: something is wrong with it')
  if (does === '500') return refusal(500, 'Internal Server Error')
  if (does === '502') return refusal(502, 'Bad Gateway')
  return undefined
}

/** The same once it is carried out. */
export async function after({ does }: Order) {
  if (does === 'reset-after') throw new HangUp()
  if (does === 'hang-after') await new Promise(() => {})
}
