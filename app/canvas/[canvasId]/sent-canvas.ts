import { headers } from 'next/headers'
import { viewToSend } from '#lib/canvas/store/elements'
import { readSession } from '#lib/people/session'

/**
 * The canvas of a page, as JSON, for whose request it is; null where it cannot be sent with the page. The page then reads it
 * as it reads all news of it, and says what is wrong.
 */
export async function sentCanvas(canvasId: string): Promise<string | null> {
  try {
    const reader = await readSession({ headers: await headers() })
    return reader ? await viewToSend(reader.ownerId, canvasId) : null
  } catch {
    return null
  }
}
