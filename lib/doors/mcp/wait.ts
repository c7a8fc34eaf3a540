import { setTimeout as sleep } from 'node:timers/promises'
import { message } from '#lib/messages/message'
import { AppError } from '../../errors.ts'
import { findOwned, findShownHead } from '../../generations/queries.ts'
import { isFinalState } from '../../generations/states.ts'
import { heldStreams } from '../../http/streams/held-streams.ts'
import { videoOf } from './answers.ts'
import type { Call } from './tool.ts'

const lookEveryMs = 500
// A client that gives up without news hears of it in time.
const tellEveryMs = 5_000

/**
 * Resolves once a video has ended, the time is over or the client is gone; throws `key_invalid` once the key may not look
 * any more. Its progress is told as the seconds of this call; the words say how far the video is.
 */
export async function untilEnded(fileId: string, seconds: number, call: Call) {
  const { keyId, scopes, ownerId } = call.caller
  const over = new AbortController()
  const end = () => over.abort(new Error('the key is over'))
  const release = heldStreams().add({ sessionId: null, keyId, scopes, ownerId, end })
  try {
    await look(fileId, seconds, { ...call, signal: AbortSignal.any([call.signal, over.signal]) })
  } finally {
    release()
  }
  if (over.signal.aborted)
    throw new AppError('key_invalid', { userMessage: message('errors.keyInvalid') })
}

async function look(fileId: string, seconds: number, call: Call) {
  const { signal, caller } = call
  const startedAt = performance.now()
  let told = { version: 0, at: -Infinity }
  for (;;) {
    const head = await findShownHead(caller.ownerId, fileId)
    const passedMs = performance.now() - startedAt
    const leftMs = seconds * 1_000 - passedMs
    if (!head || isFinalState(head.state) || leftMs <= 0 || signal.aborted) return
    if (call.tell && (head.version > told.version || passedMs - told.at >= tellEveryMs)) {
      await tell(fileId, { passedMs, seconds }, call)
      told = { version: head.version, at: passedMs }
    }
    await sleep(Math.min(lookEveryMs, leftMs), undefined, { signal }).catch(() => {})
  }
}

async function tell(
  fileId: string,
  { passedMs, seconds }: { passedMs: number; seconds: number },
  { caller, request, tell: send }: Call,
) {
  const row = await findOwned(caller.ownerId, fileId)
  if (!row) return
  const { status, progress, message: said } = videoOf(row, request)
  const words = [status, progress === null ? undefined : `${Math.floor(progress)} %`, said]
  const text = words.filter(Boolean).join(', ')
  await send?.({ progress: Math.round(passedMs / 100) / 10, total: seconds, message: text })
}
