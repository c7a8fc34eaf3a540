import { inTurn } from '#lib/contract/calls/in-turn'
import type { CanvasNews } from '#lib/contract/canvas/news'
import type { FileNews, FileView } from '#lib/contract/file-view'
import type { ConnectionStatus } from '../connection-status.ts'

/** What the tabs of one browser tell one another. */
export type TabMessage =
  | { kind: 'wants'; tab: string; fileIds: string[]; isNewsWanted?: boolean }
  | { kind: 'who' }
  | { kind: 'view'; view: FileView }
  | { kind: 'look'; fileId: string }
  | { kind: 'news'; changes: readonly FileNews[] }
  | { kind: 'canvas'; news: CanvasNews }
  | { kind: 'status'; status: ConnectionStatus }

export interface TabChannel {
  send(message: TabMessage): void
}

/** A line to the other tabs; where the browser has none, every tab is on its own and nothing else changes. */
export function openTabChannel(onMessage: (message: TabMessage) => void): TabChannel {
  if (typeof BroadcastChannel === 'undefined') return { send: () => {} }
  const channel = new BroadcastChannel('photofinish')
  channel.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => onMessage(data))
  return { send: (message) => channel.postMessage(message) }
}

/**
 * Runs `lead` while this tab is the browser's leader, until the signal is aborted. One tab leads at a time where
 * the browser has Web Locks. Where it has not, or denies them, every tab that asks leads; only visible tabs ask, so
 * there are few.
 */
export async function holdLeadership(signal: AbortSignal, lead: () => Promise<void>) {
  // Rejects when the signal is aborted while we wait in line, which is no error.
  await inTurn('photofinish-stream', lead, signal).catch(() => {})
}
