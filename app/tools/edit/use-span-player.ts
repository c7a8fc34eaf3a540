'use client'

import { useCallback, useEffect, useRef, useState } from 'react'

/** Plays a span of a video, and shows single moments of it. */
export function useSpanPlayer({ from, to }: { from: number; to: number }) {
  const video = useRef<HTMLVideoElement | null>(null)
  const [isPlaying, setIsPlaying] = useState(false)
  useEffect(() => {
    if (!isPlaying) return undefined
    let request = 0
    const look = () => {
      const { current } = video
      if (!current) return
      if (current.ended || current.currentTime >= to) {
        current.pause()
        current.currentTime = to
        setIsPlaying(false)
        return
      }
      request = requestAnimationFrame(look)
    }
    request = requestAnimationFrame(look)
    return () => cancelAnimationFrame(request)
  }, [isPlaying, to])

  const show = (seconds: number) => {
    if (!video.current) return
    video.current.pause()
    setIsPlaying(false)
    video.current.currentTime = seconds
  }
  const toggle = () => {
    const { current } = video
    if (!current) return
    if (isPlaying) {
      current.pause()
      setIsPlaying(false)
      return
    }
    const { currentTime } = current
    if (currentTime < from || currentTime >= to - 0.05) current.currentTime = from
    // Refused where the page may not play yet: the next press does.
    current.play().then(
      () => setIsPlaying(true),
      () => setIsPlaying(false),
    )
  }
  const shownAt = () => video.current?.currentTime ?? 0
  const attach = useCallback((element: HTMLVideoElement | null) => {
    video.current = element
  }, [])
  return { attach, isPlaying, show, shownAt, toggle }
}

export type SpanPlayer = ReturnType<typeof useSpanPlayer>
