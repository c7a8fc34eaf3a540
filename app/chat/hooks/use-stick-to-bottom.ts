'use client'

import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'

const nearPx = 96

/**
 * Keeps the end of a growing conversation in sight while it is read there, and does nothing once the user has scrolled
 * up. `toBottom` goes back to the end.
 */
export function useStickToBottom(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
) {
  const isStuck = useRef(true)
  const [isAway, setIsAway] = useState(false)
  const toBottom = useCallback(() => {
    isStuck.current = true
    setIsAway(false)
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight })
  }, [scroller])
  useEffect(() => {
    const box = scroller.current
    if (!box || !content.current) return undefined
    const onScroll = () => {
      isStuck.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearPx
      setIsAway(!isStuck.current)
    }
    const observer = new ResizeObserver(() => isStuck.current && toBottom())
    observer.observe(content.current)
    observer.observe(box)
    box.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      observer.disconnect()
      box.removeEventListener('scroll', onScroll)
    }
  }, [scroller, content, toBottom])
  return { isAway, toBottom }
}
