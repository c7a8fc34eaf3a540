'use client'
import { useSyncExternalStore } from 'react'
import type { ConnectionStatus } from './connection-status.ts'
import { eventFeed } from './event-feed.ts'

const atServer = () => 'disconnected' as const

/** How this browser's one event stream stands. `disconnected` also where there is nothing to follow. */
export function useConnection(): ConnectionStatus {
  return useSyncExternalStore(subscribe, status, atServer)
}

function subscribe(listener: () => void) {
  return eventFeed().onStatus(listener)
}

function status() {
  return eventFeed().getStatus()
}
