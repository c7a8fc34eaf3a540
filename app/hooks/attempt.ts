import { showToast } from '#components/ui/toast/show-toast'
import { ProblemError } from '#lib/contract/read-answer'

/** Carries out an action; where it fails, the user is told why in a toast, and by voice. */
export async function attempt(action: Promise<unknown>, say: (sentence: string) => void) {
  try {
    await action
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    showToast({ kind: 'error', title: error.problem.detail })
    say(error.problem.detail)
  }
}
