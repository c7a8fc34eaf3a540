'use client'

import { useState } from 'react'
import { showToast } from '#components/ui/toast/show-toast'
import type { Sentence } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { reportFailure } from '../hooks/report-failure.ts'

export type Doing = ReturnType<typeof useDoing>

/**
 * One action of a page at a time, told when it is done or refused: in a toast, and by the page's live region, whose
 * sentence is `announcement`.
 */
export function useDoing() {
  const say = useSay()
  const [announcement, setAnnouncement] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  const announce = (sentence: Sentence) => setAnnouncement(say(sentence))
  const tell = (sentence: Sentence) => {
    showToast({ kind: 'success', title: sentence })
    announce(sentence)
  }
  const ending = async (action: () => Promise<unknown>, done?: Sentence) => {
    await action()
    if (done) tell(done)
  }
  const run = async (action: () => Promise<unknown>, done?: Sentence) => {
    if (isBusy) return
    setIsBusy(true)
    await reportFailure(ending(action, done), announce).finally(() => setIsBusy(false))
  }
  return {
    announcement,
    isBusy,
    announce,
    tell,
    run: (action: () => Promise<unknown>, done?: Sentence) => void run(action, done),
  }
}
