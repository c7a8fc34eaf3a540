import { message } from '#lib/messages/message'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { env } from '../../env.ts'
import { noteProxy } from '../../generations/access.ts'
import { AppError } from '../../errors.ts'
import { log } from '../../log.ts'
import { callerOfKey, keyOfRequest, wasKeySeen } from '../../people/keys/bearer.ts'
import { clientHeader } from '../../people/accounts/tries.ts'
import { readSession } from '../../people/session.ts'
import { processWide } from '../../process-wide.ts'
import { bringsKey } from './key-scopes.ts'
import type { RequestHead } from '../request-guards.ts'
import { clientAddress, siteOf } from './client-address.ts'
import {
  type Door,
  type Rate,
  addressesOfSite,
  doorOf,
  newAccounts,
  unknownKeys,
} from './limits.ts'
import { pathOf } from './node-adapter.ts'
import { type Level, type Refused, type Wish, takeTokens } from './token-buckets.ts'

/**
 * Why a request comes too often, by its account or by its address; undefined where it may go on. Answers of the API tell
 * how much is left (`RateLimit` and `RateLimit-Policy`, draft-ietf-httpapi-ratelimit-headers), refused or not.
 */
export async function limitRequest(
  request: IncomingMessage,
  head: RequestHead,
  response: ServerResponse,
) {
  const { RATE_LIMITS, TRUST_PROXY } = env()
  tellOfProxy(request, TRUST_PROXY)
  const path = pathOf(request)
  const door = RATE_LIMITS > 0 ? doorOf(head.method, path, bringsKey(head)) : undefined
  if (!door) return undefined
  const address = clientAddress(request, TRUST_PROXY)
  const byKey = door.account !== undefined && bringsKey(head)
  const guess = byKey ? limitGuess(head, address, response) : undefined
  if (guess) return guess
  const account = door.account && (await (byKey ? keyAccountOf(head) : accountOf(head)))
  const wishes = wishesOf(door, account, address, byKey)
  const taken = takeTokens(wishes)
  if ('levels' in taken) {
    if (path.startsWith('/api/')) tell(response, door.name, wishes[0]!.rate, taken.levels[0]!)
    return undefined
  }
  return refusal(response, door, taken)
}

/** The door of a start by an API key. */
const startByKey = () => doorOf('POST', '/api/inngest', true)!

/** How many videos one request may start: no more than the account's bucket ever holds. */
export function startsInOneRequest() {
  return env().RATE_LIMITS > 0 ? inForce(startByKey().account!).burst : Infinity
}

/**
 * Takes the tokens of starts that only the body of a request tells of, those that its door has not taken yet: all of them or
 * none. Throws `rate_limited`: then nothing may be started.
 */
export function takeStarts({ headers }: RequestHead, keyId: string, count: number) {
  if (env().RATE_LIMITS === 0 || count < 1) return
  const door = startByKey()
  const bare = headers.get(clientHeader)
  const address = bare?.includes(':') ? `${bare}/64` : bare
  const wishes = wishesOf(door, keyId, address ?? 'unknown', true)
  const taken = takeTokens(wishes, Date.now(), count)
  if ('refused' in taken) throw tooMany(door, taken.retryAfterSeconds)
}

/**
 * Keys cannot be guessed by trying many: one that was not found valid in this process is looked up only as often as its
 * address may bring a new one. Those in use go on meanwhile.
 */
function limitGuess(head: RequestHead, address: string, response: ServerResponse) {
  if (wasKeySeen(keyOfRequest(head))) return undefined
  const site = siteOf(address)
  const taken = takeTokens([
    { key: `unknown keys at ${address}`, rate: inForce(unknownKeys) },
    ...(site
      ? [{ key: `unknown keys in ${site}`, rate: inForce(unknownKeys, addressesOfSite) }]
      : []),
  ])
  if ('levels' in taken) return undefined
  return refusal(response, { name: 'unknown-key', noun: 'keys' }, taken)
}

/** The account's bucket first, where there is one: that is the level a client is told. */
function wishesOf(
  door: Door,
  account: string | undefined,
  address: string,
  byKey: boolean,
): Wish[] {
  const { name } = door
  const site = siteOf(address)
  const given = !account && !byKey && door.givesAccount && newAccounts
  return [
    { key: `${name} of ${account ?? `new at ${address}`}`, rate: door.account },
    { key: `${name} at ${address}`, rate: door.address },
    { key: `${name} in ${site}`, rate: site && door.address, width: addressesOfSite },
    { key: `new accounts at ${address}`, rate: given },
    { key: `new accounts in ${site}`, rate: site && given, width: addressesOfSite },
  ].flatMap(({ key, rate, width }) => (rate ? [{ key, rate: inForce(rate, width) }] : []))
}

function inForce(rates: NonNullable<Door['account']>, width = 1): Rate {
  const { perMinute, burst } = typeof rates === 'function' ? rates(env()) : rates
  const factor = env().RATE_LIMITS * width
  return { perMinute: perMinute * factor, burst: Math.ceil(burst * factor) }
}

/**
 * Who asks, whatever organization it is for: a member's flood is that member's alone. A session that cannot be looked up
 * right now counts for its address; what needs it fails by itself.
 */
function accountOf(head: RequestHead) {
  return readSession(head).then(
    (caller) => caller?.userId,
    () => undefined,
  )
}

/** A key counts as an account of its own; one that is not valid, for its address. */
function keyAccountOf(head: RequestHead) {
  return callerOfKey(head).then(
    (caller) => caller?.keyId ?? undefined,
    () => undefined,
  )
}

function tell(response: ServerResponse, name: string, rate: Rate, level: Level) {
  const windowSeconds = Math.ceil((rate.burst / rate.perMinute) * 60)
  response.setHeader('ratelimit-policy', `"${name}";q=${rate.burst};w=${windowSeconds}`)
  response.setHeader('ratelimit', `"${name}";r=${level.left};t=${level.fullInSeconds}`)
}

function refusal(
  response: ServerResponse,
  { name, noun }: Pick<Door, 'name' | 'noun'>,
  { refused, retryAfterSeconds }: Refused,
) {
  tell(response, name, refused.rate, { left: 0, fullInSeconds: retryAfterSeconds })
  return tooMany({ name, noun }, retryAfterSeconds)
}

function tooMany({ name, noun }: Pick<Door, 'name' | 'noun'>, retryAfterSeconds: number) {
  return new AppError('rate_limited', {
    userMessage: message(`limits.${noun}`, { wait: { seconds: retryAfterSeconds } }),
    logMessage: `too many requests: ${name}`,
    retryAfterSeconds,
  })
}

/**
 * Behind a proxy that is not trusted every visitor shares one address, and its limits: said once. One that brings others
 * than this machine makes the studio reachable, whatever it listens on.
 */
function tellOfProxy(request: IncomingMessage, proxies: number) {
  const { headers, socket } = request
  if (proxies > 0 || !headers['x-forwarded-for'] || !isHere(socket.remoteAddress ?? '')) return
  if (!isHere(clientAddress(request, 1))) noteProxy()
  processWide('told of the proxy', () => {
    log().warn('requests come through a proxy: set TRUST_PROXY=1, or all visitors share one limit')
    return true
  })
}

/** An address of this machine, or a socket without one. */
function isHere(address: string) {
  return /^(?:::ffff:)?127\.|^::1?(?:\/64)?$|^(?:local)?$/.test(address)
}
