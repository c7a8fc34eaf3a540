'use client'
import { useSyncExternalStore } from 'react'
import { type ConnectionStatus, connectionStatusOf } from './connection-status.ts'
import { eventFeed } from './event-feed.ts'
import { onSign } from './file-store.ts'

const lookMs = 1_000
const atServer = () => 'disconnected' as const

/** How news gets to this browser. `disconnected` also where there is nothing to follow. */
export function useConnection(): ConnectionStatus {
  return useSyncExternalStore(subscribe, status, atServer)
}

let sinceMs = 0
let answeredAtMs = 0
let stream: ConnectionStatus = 'disconnected'

function subscribe(listener: () => void) {
  const look = () => (noteStream(), listener())
  const stopSigns = onSign(() => {
    // While the stream does not stand, a sign of life can only have come by another way.
    if (eventFeed().getStatus() !== 'connected') answeredAtMs = Date.now()
    look()
  })
  const stopStatus = eventFeed().onStatus(look)
  const timer = setInterval(look, lookMs)
  return () => {
    stopSigns()
    stopStatus()
    clearInterval(timer)
  }
}

function noteStream() {
  const now = eventFeed().getStatus()
  if (now === 'connecting' && stream !== 'connecting') sinceMs = Date.now()
  stream = now
}

function status() {
  noteStream()
  return connectionStatusOf({ stream, sinceMs, answeredAtMs, nowMs: Date.now() })
}
