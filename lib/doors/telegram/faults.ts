import { GrammyError, HttpError } from 'grammy'

/** What became of a call to Telegram that failed, as far as it decides what is done next. */
export type TelegramFault =
  /** Too many calls: again after so many seconds. */
  | { kind: 'wait'; seconds: number; status: number }
  /** The user refuses messages of the bot, or there is no such chat. */
  | { kind: 'blocked'; status: number }
  /** The message is so already. */
  | { kind: 'unchanged'; status: number }
  /** The message to change is not there any more. */
  | { kind: 'gone'; status: number }
  /** Telegram does not take this, and will not. */
  | { kind: 'refused'; status: number }
  /** No answer, or an error of Telegram itself: what was asked for may have been done. */
  | { kind: 'unreachable'; status: number | null }

/** Undefined for an error that is not Telegram's. */
export function faultOf(error: unknown): TelegramFault | undefined {
  if (error instanceof HttpError) return { kind: 'unreachable', status: null }
  if (!(error instanceof GrammyError)) return undefined
  const { error_code: status, description, parameters } = error
  if (status === 429) return { kind: 'wait', seconds: parameters.retry_after ?? 5, status }
  if (status >= 500) return { kind: 'unreachable', status }
  if (status === 403) return { kind: 'blocked', status }
  if (status === 400) return { kind: kindOf(description), status }
  return { kind: 'refused', status }
}

/** The Bot API has one status for all of these, and no code besides: its text is the only thing that tells them apart. */
function kindOf(description: string): 'blocked' | 'unchanged' | 'gone' | 'refused' {
  if (/message is not modified/i.test(description)) return 'unchanged'
  if (/message to (edit|be edited) not found|message can't be edited/i.test(description))
    return 'gone'
  if (/chat not found|user is deactivated/i.test(description)) return 'blocked'
  return 'refused'
}

/** For the log: which call failed and how, and nothing that Telegram said or was sent. */
export function told(error: unknown): Record<string, unknown> {
  if (error instanceof GrammyError) return { method: error.method, status: error.error_code }
  if (error instanceof HttpError) return { telegram: 'no answer' }
  return { err: error }
}

/** Does what may be answered with "it is so already". */
export async function unlessUnchanged(call: () => Promise<unknown>) {
  try {
    await call()
  } catch (error) {
    if (faultOf(error)?.kind !== 'unchanged') throw error
  }
}
