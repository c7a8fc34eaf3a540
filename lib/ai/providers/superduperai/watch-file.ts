import { createParser } from 'eventsource-parser'
import { z } from 'zod'
import type { ProviderContext, ProviderSign } from '../provider.ts'
import { type SuperDuperAiAccount, authorizationOf } from './superduperai-wire.ts'

const maxBufferSize = 1024 * 1024

const eventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('render_progress'),
    // Already a percentage.
    object: z.object({ progress: z.number().min(0).max(100) }),
  }),
  z.object({ type: z.enum(['render_result', 'file', 'task']) }),
])

/**
 * The progress and news of a file, from SuperDuperAI's event stream. It has no ids and replays nothing, and was seen to
 * answer 524: whatever goes wrong, it only ends.
 */
export async function* watchFile(
  fileId: string,
  account: SuperDuperAiAccount,
  { fetch, signal }: ProviderContext,
): AsyncGenerator<ProviderSign> {
  const signs: ProviderSign[] = []
  const parser = createParser({
    maxBufferSize,
    onEvent: ({ data }) => signs.push(...signsOf(data)),
  })
  const decoder = new TextDecoder()
  try {
    const channel = encodeURIComponent(`file.${fileId}`)
    const response = await fetch(`${account.baseUrl}/api/v1/events/${channel}`, {
      headers: { accept: 'text/event-stream', ...authorizationOf(account) },
      redirect: 'manual',
      signal,
    })
    // Of a refusal nothing is left to read then.
    if (!response.ok) await response.body?.cancel()
    for await (const bytes of response.body ?? []) {
      parser.feed(decoder.decode(bytes, { stream: true }))
      yield* signs.splice(0)
    }
  } catch {
    // Polling carries it alone.
  }
}

function signsOf(data: string): ProviderSign[] {
  const event = eventSchema.safeParse(parsed(data)).data
  if (!event) return []
  if (event.type !== 'render_progress') return [{ isNews: true }]
  return [{ progress: event.object.progress, isNews: false }]
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}
