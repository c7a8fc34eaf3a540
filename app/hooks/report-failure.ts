import { showToast } from '#components/ui/toast/show-toast'
import { ProblemError } from '#lib/contract/problem'
import type { Sentence } from '#lib/messages/message'

/** Waits for an action and reports its failure: in a toast, and to a screen reader. */
export async function reportFailure(
  action: Promise<unknown>,
  announce: (sentence: Sentence) => void,
) {
  try {
    await action
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const sentence = error.problem.detail
    showToast({ kind: 'error', title: sentence })
    announce(sentence)
  }
}
