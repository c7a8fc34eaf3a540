import type { FileView } from '#lib/contract/file-view'
import { ExposedStrip } from './exposed-strip.tsx'
import { FrameBox } from './frame-box.tsx'

/** The frame of a video that was not made: exposed as far as it came, the line broken where it stopped. */
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
