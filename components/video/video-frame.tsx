import { type FileView, isFinal } from '#lib/contract/file-view'
import { ExposedStrip, FrameBox } from './player/frame-box.tsx'
import { ImageFrame } from './player/image-frame.tsx'
import { VideoPlayer, type VideoPlayerProps } from './player/video-player.tsx'
import { DevelopingFrame } from './progress/developing-frame.tsx'

/** A video or an image in any state, in its final ratio: developing, shown, or closed if it was not made. */
export function VideoFrame({ view, ...player }: VideoPlayerProps) {
  if (view.status === 'completed')
    return view.type === 'image' ? (
      <ImageFrame view={view} isFresh={player.isFresh ?? false} />
    ) : (
      <VideoPlayer view={view} {...player} />
    )
  return isFinal(view) ? <ClosedFrame view={view} /> : <DevelopingFrame view={view} />
}

/** The frame of what was not made: exposed up to where it stopped, with a broken line there. */
export function ClosedFrame({
  view,
}: {
  view: Pick<FileView, 'id' | 'progress' | 'width' | 'height'>
}) {
  const percent = Math.min(99, view.progress ?? 0)
  const exposed = `${percent}%`
  return (
    <FrameBox view={view}>
      {percent > 0 && (
        <div
          aria-hidden="true"
          className="absolute inset-0 opacity-45"
          style={{ clipPath: `inset(0 calc(100% - ${exposed}) 0 0)` }}
        >
          <ExposedStrip seed={view.id} />
        </div>
      )}
      <span
        aria-hidden="true"
        className="absolute inset-y-0 border-l-2 border-dashed border-signal"
        style={{ left: exposed }}
      />
    </FrameBox>
  )
}
