import { setTimeout as sleep } from 'node:timers/promises'
import type { BotBook, Update } from './telegram-books.ts'

/** How updates come: more than once, or the newest first. */
export interface Delivery {
  times: number
  isReversed: boolean
  /** Between two tries of a webhook that was not answered with 2xx. */
  retryMs: number
}

const pollMostMs = 50_000

/** Puts an update on its way to the bot, by whichever way it has chosen. */
export function tellBot(book: BotBook, kind: string, content: object, delivery: Delivery) {
  const update: Update = { update_id: book.nextUpdateId++, [kind]: content }
  for (let copy = 0; copy < delivery.times; copy++) book.updates.push(update)
  if (book.webhook) void pushUpdates(book, delivery)
  else book.wakePoll?.()
  return update
}

/** Sends what waits to the webhook, until it is taken or the webhook is gone. */
export async function pushUpdates(book: BotBook, delivery: Delivery) {
  const waiting = delivery.isReversed ? [...book.updates].toReversed() : [...book.updates]
  book.updates = []
  await Promise.all(
    waiting.map(async (update) => {
      while (book.webhook) {
        if (await isTaken(book.webhook, update)) return
        await sleep(delivery.retryMs, undefined, { ref: false })
      }
      book.updates.push(update)
    }),
  )
}

async function isTaken({ url, secret }: NonNullable<BotBook['webhook']>, update: Update) {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(secret !== undefined && { 'x-telegram-bot-api-secret-token': secret }),
      },
      body: JSON.stringify(update),
      signal: AbortSignal.timeout(20_000),
    })
    return answer.ok
  } catch {
    return false
  }
}

interface Poll {
  offset?: number | undefined
  timeout?: number | undefined
  limit?: number | undefined
}

/**
 * What waits for a bot that polls: what is below `offset` is confirmed and gone. `undefined` where another poll took this
 * one's place.
 */
export async function pollUpdates(
  book: BotBook,
  { offset = 0, timeout = 0, limit = 100 }: Poll,
  delivery: Delivery,
): Promise<Update[] | undefined> {
  book.wakePoll?.(true)
  book.updates = book.updates.filter(({ update_id }) => update_id >= offset)
  if (book.updates.length === 0 && timeout > 0) {
    const isReplaced = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), Math.min(timeout * 1000, pollMostMs))
      timer.unref()
      book.wakePoll = (replaced = false) => {
        clearTimeout(timer)
        resolve(replaced)
      }
    })
    if (isReplaced) return undefined
    book.wakePoll = undefined
  }
  const found = book.updates.slice(0, limit)
  return delivery.isReversed ? found.toReversed() : found
}
