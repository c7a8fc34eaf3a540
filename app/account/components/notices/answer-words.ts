import { showToast } from '#components/ui/toast/show-toast'
import type { NoticeTestAnswer, NoticeTry } from '#lib/contract/people/notices'
import { type MessageRef, message } from '#lib/messages/message'
import type { Doing } from '../../../people/use-doing.ts'

/** What was answered to a try, in words: with the HTTP status, where there is one. */
export function answerWords({ code, status }: NoticeTry): MessageRef {
  const words = message(`notices.screen.answer.${code}`)
  if (status === null) return words
  return message('notices.screen.answer.status', { words, status: String(status) })
}

/** Sends a test, and says how it went. */
export function runTest(doing: Doing, send: () => Promise<NoticeTestAnswer>) {
  doing.run(async () => {
    const { answers } = await send()
    const failed = answers.find(({ code }) => code !== 'ok')
    if (!failed) return doing.tell(message('notices.screen.sentOk', { count: answers.length }))
    const why = message('notices.screen.sentFailed', { why: answerWords(failed) })
    showToast({ kind: 'error', title: why })
    doing.announce(why)
  })
}
