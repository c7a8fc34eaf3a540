import { Agent, request } from 'undici'
import type { NoticeTry } from '#lib/contract/people/notices'
import { DownloadError } from '../assets/fetch/download-error.ts'
import { guardedConnect } from '../assets/fetch/guarded-connect.ts'
import { env } from '../env.ts'
import type { TellOutcome } from './channel.ts'

export interface Post {
  /** Hostile input: opened only by https and only at public addresses; redirects are not followed. */
  url: string
  headers: Record<string, string>
  body: string | Uint8Array
  signal: AbortSignal
  /** Opens loopback addresses, too, and http for them. As the environment says unless given. */
  isLoopbackAllowed?: boolean
}

const bodyMaxBytes = 256 * 1024
const connectMs = 10_000
const retryAfterMaxSeconds = 6 * 60 * 60

/**
 * Sends a message to an address that a user named, and says how that went. Of the answer only the status counts: what the
 * other side says is neither read nor kept.
 */
export async function post({ url, headers, body, signal, ...more }: Post): Promise<TellOutcome> {
  const { isLoopbackAllowed = env().NOTICES_TO_LOOPBACK } = more
  if (body.length > bodyMaxBytes) return ended('over', null, 'refused')
  // An agent of its own: no connection of one address is kept for, or waited for by, another.
  const dispatcher = new Agent({
    connect: guardedConnect(isLoopbackAllowed),
    connectTimeout: connectMs,
  })
  try {
    const answer = await request(url, { method: 'POST', headers, body, signal, dispatcher })
    answer.body.on('error', () => {}).destroy()
    return outcomeOf(answer.statusCode, answer.headers['retry-after'])
  } catch (error) {
    if (error instanceof DownloadError) return ended('again', null, 'blocked_address')
    return ended('again', null, signal.aborted ? 'timed_out' : 'unreachable')
  } finally {
    await dispatcher.destroy()
  }
}

function outcomeOf(status: number, retryAfter: string | string[] | undefined): TellOutcome {
  if (status >= 200 && status < 300) return ended('sent', status, 'ok')
  if (status === 410) return ended('over', status, 'gone')
  const afterSeconds = secondsOf(retryAfter)
  const outcome = ended('again', status, status === 429 ? 'too_many' : 'refused')
  return afterSeconds === undefined ? outcome : { ...outcome, afterSeconds }
}

function ended(end: TellOutcome['end'], status: number | null, code: NoticeTry['code']) {
  return { end, answer: { status, code } }
}

/** Seconds or a date, as HTTP has it; undefined for anything else. */
function secondsOf(header: string | string[] | undefined) {
  if (typeof header !== 'string') return undefined
  const seconds = /^\d{1,9}$/.test(header.trim())
    ? Number(header)
    : (Date.parse(header) - Date.now()) / 1000
  if (!Number.isFinite(seconds)) return undefined
  return Math.min(Math.max(0, Math.ceil(seconds)), retryAfterMaxSeconds)
}
