'use client'

import { type SyntheticEvent, useEffect, useEffectEvent, useRef, useState } from 'react'
import { faultOf, type MediaFault } from './media-fault.ts'

/** How long a video may wait for its bytes before that is said. */
const patienceMs = 12_000

/** Follows a video element: why it does not play, and another try. Spread `handlers` on it. */
export function useMediaFault(url: string | null) {
  const [found, setFound] = useState<{ url: string | null; fault: MediaFault | null }>()
  const fault = found?.url === url ? found.fault : null
  const setFault = (next: MediaFault | null) => setFound({ url, fault: next })
  const video = useRef<HTMLVideoElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const find = async (code?: number) => {
    const reason = url && (await faultOf(url, code))
    if (reason) setFault(reason)
  }
  const calm = () => {
    clearTimeout(timer.current)
    if (fault !== null && fault !== 'noPicture') setFault(null)
  }
  const wait = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void find(), patienceMs)
  }
  const retry = () => {
    calm()
    video.current?.load()
    video.current?.play().catch(() => {})
  }
  useOnline(fault === 'offline', retry)
  useEffect(() => () => clearTimeout(timer.current), [])
  const handlers = {
    ref: video,
    onError: ({ currentTarget }: Shown) => {
      clearTimeout(timer.current)
      void find(currentTarget.error?.code)
    },
    // Browsers play the sound of a file whose picture they cannot decode.
    onLoadedMetadata: ({ currentTarget }: Shown) =>
      setFault(currentTarget.videoWidth === 0 ? 'noPicture' : null),
    onWaiting: wait,
    onPlaying: calm,
    onTimeUpdate: calm,
    onPause: () => clearTimeout(timer.current),
  }
  return { fault, retry, handlers }
}

type Shown = SyntheticEvent<HTMLVideoElement>

/** Calls back when the browser is online again. */
function useOnline(isListening: boolean, act: () => void) {
  const onOnline = useEffectEvent(act)
  useEffect(() => {
    if (!isListening) return undefined
    const listen = () => onOnline()
    addEventListener('online', listen)
    return () => removeEventListener('online', listen)
  }, [isListening])
}
