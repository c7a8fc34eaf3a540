'use client'
import { useSyncExternalStore } from 'react'
import {
  type ConnectionStatus,
  connectionStatusOf,
  onPoll,
  wasPollAnswered,
} from './connection-status.ts'
import { eventFeed } from './feed.ts'

const atServer = () => 'disconnected' as const

/** How news gets to this browser. `disconnected` also where there is nothing to follow. */
export function useConnection(): ConnectionStatus {
  return useSyncExternalStore(subscribe, status, atServer)
}

function subscribe(listener: () => void) {
  const stops = [onPoll(listener), eventFeed().onStatus(listener)]
  for (const name of lineEvents) addEventListener(name, listener)
  return () => {
    for (const stop of stops) stop()
    for (const name of lineEvents) removeEventListener(name, listener)
  }
}

/** A browser that is offline does not even poll. */
const lineEvents = ['online', 'offline']

function status() {
  return connectionStatusOf(eventFeed().getStatus(), navigator.onLine && wasPollAnswered())
}
