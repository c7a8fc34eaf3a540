'use client'

import { useEffectEvent, useLayoutEffect } from 'react'

type Close = () => void

/** What is open above the page, the topmost last. */
const layers: Close[] = []
let isSettling = false
let isTravelling = false
let place = 0
/** What waits until a step of the history that is under way has come to its end. */
const leaving: (() => void)[] = []
const longestTravelMs = 1_000

/** Back closes what is open, and stays on the page. Closed in another way, it leaves no entry in the history. */
export function useBackCloses(isOpen: boolean, onClose: () => void) {
  const close = useEffectEvent(onClose)
  // Before it is painted: Back may be pressed as soon as it is seen.
  useLayoutEffect(() => (isOpen ? openLayer(() => close()) : undefined), [isOpen])
}

/** Gives what opens above the page its entry; answers what ends it, once it has closed. */
export function openLayer(layer: Close) {
  layers.push(layer)
  deepen()
  return () => {
    const index = layers.indexOf(layer)
    if (index >= 0) layers.splice(index, 1)
    settleSoon()
  }
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

interface Router {
  push(path: string): void
  replace(path: string): void
}

/**
 * Goes to another page. All that is open above this one closes, and the entry of the topmost becomes the other page's: a
 * step back to be rid of it would still be under way while the router goes forward, and one of them would be lost.
 */
export function leaveTo(path: string, router: Router) {
  if (isTravelling) {
    leaving.push(() => leaveTo(path, router))
    setTimeout(leaveAtLast, longestTravelMs)
    return
  }
  for (const close of layers.splice(0).toReversed()) close()
  if (depthNow() === 0) router.push(path)
  else if (isHere(path)) settleSoon()
  else {
    const { layer: _, ...ofPage } = history.state as Record<string, unknown>
    history.replaceState(ofPage, '')
    router.replace(path)
  }
}

/** A step of the history that the browser has dropped must not hold a link for ever. */
function leaveAtLast() {
  if (leaving.length === 0) return
  isTravelling = false
  for (const go of leaving.splice(0)) go()
}

/** Below a base path, too. */
function isHere(path: string) {
  return `${location.pathname}${location.search}`.endsWith(path)
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
