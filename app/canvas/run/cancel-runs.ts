import { cancelRuns } from '#lib/ai/api/canvas/run-canvas'
import { ProblemError } from '#lib/contract/problem'
import { message } from '#lib/messages/message'
import type { Editor } from '../surface/editor.ts'

/** Cancels what runs of the canvas have not finished, and says so. */
export async function cancelRunsOf(editor: Editor) {
  try {
    await cancelRuns(editor.doc.id)
    editor.tell(message('canvasRun.done.canceled'))
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    editor.refuse(error.problem.detail)
  }
}
