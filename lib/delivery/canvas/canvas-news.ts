import type { CanvasNews } from '#lib/contract/canvas/news'

type Listener = (version: number) => void

const listeners = new Map<string, Set<Listener>>()

/** Told the version that a canvas has by now; 0 where something may have been missed. */
export function onCanvasNews(canvasId: string, listener: Listener) {
  const all = listeners.get(canvasId) ?? new Set<Listener>()
  listeners.set(canvasId, all.add(listener))
  return () => {
    all.delete(listener)
    if (all.size === 0) listeners.delete(canvasId)
  }
}

/** Takes news in, from the stream or from the tab that reads it. */
export function receiveCanvasNews({ canvasId, version }: Pick<CanvasNews, 'canvasId' | 'version'>) {
  for (const listener of listeners.get(canvasId) ?? []) listener(version)
}
