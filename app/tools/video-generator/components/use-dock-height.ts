'use client'

import { useEffect, type RefObject } from 'react'

/** Tells the page how much of it the docked composer covers, so that scrolling to a focus clears it. */
export function useDockHeight(dock: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const element = dock.current
    if (!element) return undefined
    const root = document.documentElement
    const observer = new ResizeObserver(() => {
      const isDocked = getComputedStyle(element).position === 'fixed'
      root.style.setProperty('--dock-height', `${isDocked ? element.offsetHeight : 0}px`)
    })
    observer.observe(element)
    observer.observe(root)
    return () => {
      observer.disconnect()
      root.style.removeProperty('--dock-height')
    }
  }, [dock])
}
