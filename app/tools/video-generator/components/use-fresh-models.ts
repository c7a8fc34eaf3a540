'use client'

import { useEffect, useEffectEvent } from 'react'
import { type FileView, isFinal } from '#lib/contract/file-view'

/** Asks for the models anew when a video is over: its provider may be out now, and its usual time another. */
export function useFreshModels(current: FileView | null, reload: () => void) {
  const refresh = useEffectEvent(reload)
  const isOver = current !== null && isFinal(current)
  useEffect(() => {
    if (isOver) refresh()
  }, [isOver])
}
