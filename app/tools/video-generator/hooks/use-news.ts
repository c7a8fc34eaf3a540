'use client'

import { useEffect, useRef } from 'react'
import { useAnnouncer } from '#components/ui/live-region'
import { showToast } from '#components/ui/toast/show-toast'
import type { FileView } from '#lib/contract/file-view'
import { onEnding } from '#lib/delivery/file-store'
import { message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { useDeliveryNews } from '../../../hooks/use-delivery-news.ts'
import { endingMessage, useFileNews } from '../../../hooks/use-file-news.ts'

/**
 * Announces the generator's videos: each change of the one on the stage, and the end of the others. Returns the
 * sentence for the live region and a function to announce another.
 */
export function useNews(
  files: readonly FileView[],
  current: FileView | undefined,
  pick: (fileId: string) => void,
) {
  const say = useSay()
  const [announcement, announce] = useAnnouncer()
  const currentId = useRef(current?.id)
  useEffect(() => {
    currentId.current = current?.id
  })
  useDeliveryNews(files, (fileId) => {
    pick(fileId)
    goToStage()
  })
  useFileNews(current, announce)
  useEffect(
    () =>
      onEnding(({ view }) => view.id !== currentId.current && announce(say(endingMessage(view)))),
    [announce, say],
  )
  return [announcement, announce] as const
}

/** Brings the stage into sight and puts the focus there. */
function goToStage() {
  scrollTo({ top: 0 })
  document.getElementById('stage')?.focus({ preventScroll: true })
}

/** Shows a toast where a start was answered with a finished video. */
export function showReuse(views: readonly FileView[]) {
  const ready = views.find(({ status }) => status === 'completed')
  if (!ready) return
  showToast({
    kind: 'info',
    title: message('news.reused'),
    description: message('news.reusedNote'),
    id: `reuse-${ready.id}`,
  })
}
