'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useAnnouncer } from '#components/ui/live-region'
import { leaveTo } from '#components/ui/overlay/back-closes.ts'
import { listCanvases } from '#lib/ai/api/canvas/canvases'
import type { CanvasPage } from '#lib/contract/canvas/canvas'
import { type Problem, ProblemError } from '#lib/contract/problem'
import { useSay } from '#lib/messages/use-say'
import { type OpenDialog, listActions } from './list-actions.ts'

const typingMs = 250

export interface ListQuery {
  search: string
  isTrash: boolean
}

export type CanvasList = ReturnType<typeof useCanvases>

/** The list as it is shown, and what can be done with it. */
export function useCanvases() {
  const [query, setQuery] = useState<ListQuery>({ search: '', isTrash: false })
  const [dialog, open] = useState<OpenDialog | null>(null)
  const pages = usePages(query)
  const router = useRouter()
  const say = useSay()
  const [announcement, announce] = useAnnouncer()
  const actions = listActions({
    ...pages,
    open,
    go: (path) => leaveTo(path, router),
    announce,
    say,
  })
  return { ...pages, query, setQuery, dialog, open, announcement, actions }
}

function usePages({ search, isTrash }: ListQuery) {
  const [page, setPage] = useState<CanvasPage>()
  const [problem, setProblem] = useState<Problem>()
  const turn = useRef(0)
  const words = search.trim()
  const reload = useCallback(async () => {
    const own = ++turn.current
    try {
      const read = await listCanvases({ search: words, isTrash })
      if (own !== turn.current) return
      setPage(read)
      setProblem(undefined)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      if (own === turn.current) setProblem(error.problem)
    }
  }, [words, isTrash])
  useEffect(() => {
    const timer = setTimeout(() => void reload(), words ? typingMs : 0)
    // Others of an organization make some meanwhile.
    const look = () => void reload()
    addEventListener('focus', look)
    return () => {
      clearTimeout(timer)
      removeEventListener('focus', look)
    }
  }, [words, reload])
  const loadMore = async () => {
    if (!page?.nextCursor) return
    try {
      const next = await listCanvases({ search: words, isTrash, cursor: page.nextCursor })
      setPage({ ...next, canvases: [...page.canvases, ...next.canvases] })
    } catch (error) {
      if (error instanceof ProblemError) setProblem(error.problem)
    }
  }
  const canvases = page?.canvases
  return { canvases, problem, hasMore: page?.nextCursor != null, loadMore, reload }
}
