/**
 * Runs `lead` while this tab is the browser's leader, until the signal is aborted. One tab leads at a time where
 * the browser has Web Locks. Where it has not (plain HTTP on another host than localhost), every tab that asks
 * leads; only visible tabs ask, so there are few.
 */
export async function holdLeadership(signal: AbortSignal, lead: () => Promise<void>) {
  if (!('locks' in navigator)) return lead()
  // Rejects when the signal is aborted while we wait in line, which is no error.
  await navigator.locks.request('photofinish-stream', { signal }, lead).catch(() => {})
}
