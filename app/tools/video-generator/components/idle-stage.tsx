'use client'

import { dimensionsOf } from '#lib/contract/video-format'
import { Stage } from './stage.tsx'
import type { ComposerForm } from './use-composer-form.ts'

/** Before the start: the frame as it will be, with the line still at its edge. */
export function IdleStage({ form }: { form: ComposerForm }) {
  const { aspectRatio, resolution, duration } = form.values
  const { width, height } = dimensionsOf(aspectRatio, resolution)
  return (
    <Stage ratio={width / height} frame={<UnexposedFrame width={width} height={height} />}>
      <p className="font-semibold text-clock text-soft tabular-nums" aria-hidden="true">
        0:00.0
      </p>
      <p className="mt-4 text-sm">Nothing on the line.</p>
      <p className="mt-1 text-sm text-soft tabular-nums">
        The next frame is {width} × {height}, {duration} s long.
      </p>
    </Stage>
  )
}

function UnexposedFrame({ width, height }: { width: number; height: number }) {
  return (
    <div
      aria-hidden="true"
      style={{ aspectRatio: `${width} / ${height}` }}
      className="unexposed relative rounded-sm"
    >
      <span className="absolute inset-y-0 left-0 w-0.5 bg-signal" />
    </div>
  )
}
