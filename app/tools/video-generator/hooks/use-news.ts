'use client'

import { useEffect, useRef } from 'react'
import type { FileView } from '#lib/contract/file-view'
import { onEnding } from '#lib/delivery/file-store'
import { endingWords } from '../../../hooks/ending-words.ts'
import { useAnnouncer } from '../../../hooks/use-announcer.ts'
import { useDeliveryNews } from '../../../hooks/use-delivery-news.ts'
import { useFileNews } from '../../../hooks/use-file-news.ts'
import { goToStage } from './go-to-stage.ts'

/**
 * Tells the news of the generator's videos: every move of the one on the stage, and how the others end; the sentence
 * for its live region, and a way to say another.
 */
export function useNews(
  files: readonly FileView[],
  current: FileView | undefined,
  pick: (fileId: string) => void,
) {
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
    () => onEnding(({ view }) => view.id !== currentId.current && announce(endingWords(view))),
    [announce],
  )
  return [announcement, announce] as const
}
