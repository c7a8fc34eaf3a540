'use client'

import { useEffect, useRef } from 'react'
import type { FileView } from '#lib/contract/file-view'
import { announcementOf } from './announcement.ts'

/** Says, in the page's live region, how a followed video moves on. `announce` must keep its identity. */
export function useFileNews(view: FileView | undefined, announce: (sentence: string) => void) {
  const before = useRef<FileView>(undefined)
  useEffect(() => {
    if (!view) return
    const news = announcementOf(before.current, view)
    before.current = view
    if (news) announce(news)
  }, [view, announce])
}
