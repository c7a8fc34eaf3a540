import { withBasePath } from '#lib/contract/calls/base-path'

/** Registers the worker that shows pushes, takes shared pictures and says when a page cannot be reached. */
export function registerServiceWorker() {
  if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator)) return
  // Where a browser refuses, all but these three works without it.
  navigator.serviceWorker.register(withBasePath('/sw.js')).catch(() => {})
}
