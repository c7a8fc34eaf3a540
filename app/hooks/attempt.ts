import { showToast } from '#components/ui/toast/show-toast'
import { ProblemError } from '#lib/contract/problem'

/** Waits for an action. A failure is shown in a toast and announced. */
export async function attempt(action: Promise<unknown>, say: (sentence: string) => void) {
  try {
    await action
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    showToast({ kind: 'error', title: error.problem.detail })
    say(error.problem.detail)
  }
}
