import { isFinal } from '#lib/contract/file-view'
import { ClosedFrame } from './closed-frame.tsx'
import { DevelopingFrame } from './developing-frame.tsx'
import { VideoPlayer, type VideoPlayerProps } from './video-player.tsx'

/** A video in whatever state, in its final ratio: developing, playing, or closed where it was not made. */
export function VideoFrame({ view, ...player }: VideoPlayerProps) {
  if (view.status === 'completed') return <VideoPlayer view={view} {...player} />
  return isFinal(view) ? <ClosedFrame view={view} /> : <DevelopingFrame view={view} />
}
