'use client'
import { useSyncExternalStore } from 'react'
import {
  type ConnectionStatus,
  connectionStatusOf,
  onPoll,
  wasPollAnswered,
} from './connection-status.ts'
import { eventFeed } from './event-feed.ts'

const atServer = () => 'disconnected' as const

/** How news gets to this browser. `disconnected` also where there is nothing to follow. */
export function useConnection(): ConnectionStatus {
  return useSyncExternalStore(subscribe, status, atServer)
}

function subscribe(listener: () => void) {
  const stops = [onPoll(listener), eventFeed().onStatus(listener)]
  return () => stops.forEach((stop) => stop())
}

function status() {
  return connectionStatusOf(eventFeed().getStatus(), wasPollAnswered())
}
