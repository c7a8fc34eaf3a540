import { processWide } from '../../process-wide.ts'
import type { Rate } from './limits.ts'

const bucketsAtMost = 8_192

interface Bucket {
  tokens: number
  at: number
  /** When it is full, and as good as forgotten. */
  fullAt: number
}

/** Tokens to take from one bucket: whose it is, and how fast it fills. */
export interface Wish {
  key: string
  rate: Rate
}

/** What is left in a bucket, in whole tokens and seconds. */
export interface Level {
  left: number
  fullInSeconds: number
}

export interface Refused {
  refused: Wish
  retryAfterSeconds: number
}

export type Taken = { levels: Level[] } | Refused

/**
 * Takes so many tokens from every bucket, or none from any: a request that is refused takes nothing from those who share
 * another bucket with it. Kept in this process by short keys, a few thousand at most; the longest unused give way.
 */
export function takeTokens(wishes: Wish[], now = Date.now(), count = 1): Taken {
  const found = wishes.map((wish) => ({ wish, ...filled(wish, now) }))
  const empty = found
    .filter(({ tokens }) => tokens < count)
    .map(({ wish, tokens }) => ({
      wish,
      waitMs: ((count - tokens) / wish.rate.perMinute) * 60_000,
    }))
  const worst = empty.toSorted((a, b) => b.waitMs - a.waitMs)[0]
  if (worst)
    return { refused: worst.wish, retryAfterSeconds: Math.max(1, Math.ceil(worst.waitMs / 1000)) }
  return { levels: found.map(({ wish, tokens }) => keep(wish, tokens - count, now)) }
}

function filled({ key, rate }: Wish, now: number) {
  const bucket = buckets().get(key)
  const grown = bucket ? ((now - bucket.at) / 60_000) * rate.perMinute : 0
  return { tokens: bucket ? Math.min(rate.burst, bucket.tokens + grown) : rate.burst }
}

function keep({ key, rate: { perMinute, burst } }: Wish, tokens: number, now: number): Level {
  const all = buckets()
  const fullInMs = ((burst - tokens) / perMinute) * 60_000
  all.delete(key)
  all.set(key, { tokens, at: now, fullAt: now + fullInMs })
  for (const [oldest, { fullAt }] of all) {
    if (fullAt > now && all.size <= bucketsAtMost) break
    all.delete(oldest)
  }
  return { left: Math.floor(tokens), fullInSeconds: Math.ceil(fullInMs / 1000) }
}

export function bucketCount() {
  return buckets().size
}

function buckets() {
  return processWide('token buckets', () => new Map<string, Bucket>())
}
