import { viewOf } from './elements.ts'
import { findCanvas } from './find-canvas.ts'

/** A larger canvas is read by its page: sent with it, the page itself would come late. */
const mostCharacters = 2_000_000

/** All of an owner's canvas as JSON, to be sent with its page; null for a very large one. Throws `not_found`. */
export async function viewToSend(ownerId: string, canvasId: string): Promise<string | null> {
  const view = JSON.stringify(await viewOf(await findCanvas(ownerId, canvasId), 0))
  return view.length > mostCharacters ? null : view
}
