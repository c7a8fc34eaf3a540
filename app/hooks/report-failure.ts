import { showToast } from '#components/ui/toast/show-toast'
import { ProblemError } from '#lib/contract/problem'

/** Waits for an action and reports its failure: in a toast, and to a screen reader. */
export async function reportFailure(action: Promise<unknown>, say: (sentence: string) => void) {
  try {
    await action
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    showToast({ kind: 'error', title: error.problem.detail })
    say(error.problem.detail)
  }
}
