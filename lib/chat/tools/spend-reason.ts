import type { CallPrice } from '../deps.ts'

/** The question before money is spent, with the price in it; never less than it may come to. */
export function spendReason({ usd, upToUsd }: CallPrice) {
  const [about, most] = [inCents(usd), inCents(upToUsd)]
  const upTo = most === about ? '' : `, up to ${most} if another provider steps in`
  return `This video will cost about ${about}${upTo}. Start it?`
}

/** The most that was told by such a question, in dollars; undefined where it is none. */
export function toldUsd(reason: string | undefined): number | undefined {
  const most = reason?.match(/\$\d+(?:\.\d+)?/g)?.at(-1)
  return most === undefined ? undefined : Number(most.slice(1))
}

/** Rounded up, for what is told here is the limit. */
function inCents(usd: number) {
  return `$${(Math.ceil(Number((usd * 100).toFixed(4))) / 100).toFixed(2)}`
}
