'use client'

import { useEffectEvent, useLayoutEffect } from 'react'

type Close = () => void

/** What is open above the page, the topmost last. */
const layers: Close[] = []
let isSettling = false
let isTravelling = false
let place = 0

/** Back closes what is open, and stays on the page. Closed in another way, it leaves no entry in the history. */
export function useBackCloses(isOpen: boolean, onClose: () => void) {
  const close = useEffectEvent(onClose)
  // Before it is painted: Back may be pressed as soon as it is seen.
  useLayoutEffect(() => {
    if (!isOpen) return undefined
    const layer = () => close()
    layers.push(layer)
    deepen()
    return () => {
      const index = layers.indexOf(layer)
      if (index >= 0) layers.splice(index, 1)
      settleSoon()
    }
  }, [isOpen])
}

/** Follows Back and Forward; once a page. */
export function followHistory() {
  addEventListener('popstate', onTravel)
  place = placeNow()
  settleSoon()
  return () => removeEventListener('popstate', onTravel)
}

/** Goes to another address of this page. One that is chosen in a drawer takes the place of its entry. */
export function goTo(path: string) {
  if (depthNow() > 0) history.replaceState(null, '', path)
  else history.pushState(null, '', path)
}

/**
 * Does something once the layers that the present click closes have left the history: a page that is gone to before
 * would be left again with them.
 */
export function afterLayersClose(act: () => void) {
  // The click closes them after its handlers, and the history follows in a turn of its own.
  setTimeout(() =>
    setTimeout(() => {
      if (isTravelling) addEventListener('popstate', act, { once: true })
      else act()
    }),
  )
}

/** How many layers an entry of the history belongs to. */
function depthNow() {
  const { layer } = (history.state ?? {}) as { layer?: unknown }
  return typeof layer === 'number' ? layer : 0
}

function onTravel() {
  const isForward = placeNow() > place
  place = placeNow()
  const wasOurs = isTravelling
  isTravelling = false
  if (!wasOurs) for (const close of layers.splice(depthNow()).toReversed()) close()
  settle(isForward)
}

/** After the whole change: one dialog that replaces another needs no step in the history. */
function settleSoon() {
  if (isSettling) return
  isSettling = true
  setTimeout(() => {
    isSettling = false
    settle()
  })
}

/**
 * Gives the history one entry for each layer. An entry whose layer is closed is left again: backwards, or forwards
 * where Forward led to it and there is more ahead.
 */
function settle(isForward = false) {
  if (isTravelling) return
  deepen()
  const surplus = depthNow() - layers.length
  if (surplus <= 0) return
  isTravelling = true
  history.go(isForward && hasMoreAhead() ? 1 : -surplus)
}

/** Adds the entries that are missing. */
function deepen() {
  if (isTravelling) return
  for (let depth = depthNow() + 1; depth <= layers.length; depth += 1)
    // With Next's own state in it, Next takes the entry for one of its pages.
    history.pushState({ ...history.state, layer: depth }, '')
  place = placeNow()
}

interface WithNavigation {
  navigation?: { currentEntry?: { index: number } | null; canGoForward: boolean }
}

/** The place in the history; 0 in browsers that do not tell. */
function placeNow() {
  return (window as WithNavigation).navigation?.currentEntry?.index ?? 0
}

function hasMoreAhead() {
  return (window as WithNavigation).navigation?.canGoForward ?? false
}
