'use client'

import { useEffectEvent, useLayoutEffect } from 'react'

type Close = () => void

/** What is open above the page, the topmost last. */
const layers: Close[] = []
let isSettling = false
let isTravelling = false
let place = 0
/** What waits until the history is in line. */
const leaving: (() => void)[] = []

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

/** Leaves this page for another one from something that closes, a menu, once the history has closed it too. */
export function leaveBy(go: () => void) {
  // What closes has closed by then.
  setTimeout(() => {
    if (isSettling || isTravelling) leaving.push(go)
    else go()
  })
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
  if (surplus <= 0) {
    // Not before Next has followed the step too: it gives up what it has begun.
    for (const go of leaving.splice(0)) setTimeout(go)
    return
  }
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
