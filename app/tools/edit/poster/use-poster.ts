'use client'

import { useState } from 'react'
import type { MenuItem } from '#components/ui/overlay/menu'
import { showToast } from '#components/ui/toast/show-toast'
import { choosePoster, restorePoster } from '#lib/ai/api/poster'
import type { FileView } from '#lib/contract/file-view'
import type { LibraryItem } from '#lib/contract/library/library'
import { networkProblem, type Problem, ProblemError } from '#lib/contract/problem'
import { rememberItem } from '#lib/delivery/library/use-shelf'
import { message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'

/** Changes the poster of a video, once at a time, and shows it everywhere. */
export function usePoster(id: string) {
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  /** What the poster is now; undefined where it was not changed. */
  const run = async (change: Promise<LibraryItem>) => {
    setIsBusy(true)
    setProblem(undefined)
    try {
      const item = await change
      rememberItem(item)
      return (item.file ?? item.upload)?.posterSeconds
    } catch (error) {
      setProblem(error instanceof ProblemError ? error.problem : networkProblem())
      return undefined
    } finally {
      setIsBusy(false)
    }
  }
  return {
    choose: (atSeconds: number) => run(choosePoster(id, atSeconds)),
    restore: () => run(restorePoster(id)),
    isBusy,
    problem,
  }
}

/** The way back to the usual poster, where another was chosen. */
export function usePosterItems({ id, posterSeconds }: FileView): MenuItem[] {
  const say = useSay()
  if (posterSeconds === null) return []
  const restore = async () => {
    try {
      rememberItem(await restorePoster(id))
      showToast({ kind: 'success', title: message('poster.restored') })
    } catch (error) {
      const { detail } = error instanceof ProblemError ? error.problem : networkProblem()
      showToast({ kind: 'error', title: detail })
    }
  }
  return [{ label: say(message('poster.restore')), onSelect: () => void restore() }]
}
