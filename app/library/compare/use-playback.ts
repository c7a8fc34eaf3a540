'use client'

import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { correction, leaderOf } from './in-step.ts'

const tickMs = 200

type Film = HTMLVideoElement

/** One play button and one place for two films: the shorter follows the longer, and drift is corrected. */
export function usePlayback() {
  const films = useRef<(Film | null)[]>([null, null])
  const [isPlaying, setIsPlaying] = useState(false)
  const [time, setTime] = useState(0)
  const [duration, setDuration] = useState(0)
  const there = () => films.current.filter((film) => film !== null)
  const setAll = (seconds: number) => {
    for (const film of there()) film.currentTime = Math.min(seconds, film.duration || 0)
    setTime(seconds)
  }
  const pause = () => {
    for (const film of there()) film.pause()
    setIsPlaying(false)
  }
  const play = () => {
    const { leader } = leadOf(there())
    if (!leader) return
    if (leader.currentTime >= leader.duration) setAll(0)
    setIsPlaying(true)
    for (const film of there()) if (film.currentTime < film.duration) film.play().catch(pause)
  }
  useTicks(isPlaying, () => {
    const { leader, follower } = leadOf(there())
    if (!leader) return
    setTime(leader.currentTime)
    if (leader.ended) pause()
    else if (follower) keepInStep(leader, follower)
  })
  return {
    isPlaying,
    time,
    duration,
    toggle: () => (isPlaying ? pause() : play()),
    seek: (seconds: number) => {
      pause()
      setAll(seconds)
    },
    filmRef: (place: 0 | 1) => (film: Film | null) => {
      films.current[place] = film
    },
    onLoaded: () => {
      setDuration(Math.max(0, ...there().map((film) => film.duration || 0)))
      // One that has loaded only now has missed where the others were set.
      if (!isPlaying) setAll(time)
    },
  }
}

export type Playback = ReturnType<typeof usePlayback>

/** The one that leads; of a picture and a film there is no follower. */
function leadOf([first, second]: Film[]): { leader?: Film; follower?: Film } {
  if (!first) return {}
  return second ? leaderOf(first, second) : { leader: first }
}

function keepInStep(leader: Film, follower: Film) {
  const wanted = correction(leader, follower)
  if (wanted !== null) follower.currentTime = wanted
  if (follower.paused && leader.currentTime < follower.duration) follower.play().catch(() => {})
}

function useTicks(isOn: boolean, act: () => void) {
  const tick = useEffectEvent(act)
  useEffect(() => {
    if (!isOn) return undefined
    const timer = setInterval(() => tick(), tickMs)
    return () => clearInterval(timer)
  }, [isOn])
}
