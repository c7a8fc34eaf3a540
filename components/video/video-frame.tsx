import { type FileView, isFinal } from '#lib/contract/file-view'
import { ExposedStrip, FrameBox } from './player/frame-box.tsx'
import { VideoPlayer, type VideoPlayerProps } from './player/video-player.tsx'
import { DevelopingFrame } from './progress/developing-frame.tsx'

/** A video in any state, in its final ratio: developing, playing, or closed if it was not made. */
export function VideoFrame({ view, ...player }: VideoPlayerProps) {
  if (view.status === 'completed') return <VideoPlayer view={view} {...player} />
  return isFinal(view) ? <ClosedFrame view={view} /> : <DevelopingFrame view={view} />
}

/** The frame of a video that was not made: exposed up to where it stopped, with a broken line there. */
export function ClosedFrame({ view }: { view: FileView }) {
  const exposed = `${Math.min(99, view.progress ?? 0)}%`
  return (
    <FrameBox view={view}>
      <div
        aria-hidden="true"
        className="absolute inset-0 opacity-45"
        style={{ clipPath: `inset(0 calc(100% - ${exposed}) 0 0)` }}
      >
        <ExposedStrip seed={view.id} ratio={view.width / view.height} />
      </div>
      <span
        aria-hidden="true"
        className="absolute inset-y-0 border-l-2 border-dashed border-signal"
        style={{ left: exposed }}
      />
    </FrameBox>
  )
}
