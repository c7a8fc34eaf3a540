import { showToast } from '#components/ui/toast/show-toast'
import { ProblemError } from '#lib/contract/problem'
import type { Sentence } from '#lib/messages/message'

/** Waits for an action and reports its failure: in a toast, and to a screen reader. */
export async function reportFailure(
  action: Promise<unknown>,
  announce: (words: string) => void,
  say: (sentence: Sentence) => string,
) {
  try {
    await action
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { detail, detailRef } = error.problem
    showToast({ kind: 'error', title: detailRef ?? detail })
    announce(say(detailRef ?? detail))
  }
}
