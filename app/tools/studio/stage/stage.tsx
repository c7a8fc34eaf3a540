'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { dimensionsOf } from '#lib/contract/model-view'
import { useFormat } from '#lib/messages/use-say'
import type { ComposerForm } from '../form/use-composer-form.ts'

interface StageProps {
  /** Width over height of the frame. */
  ratio: number
  frame: ReactNode
  children: ReactNode
}

/** The large frame, with its details beside or below it, depending on the format. */
export function Stage({ ratio, frame, children }: StageProps) {
  const height = ratio > 1 ? 'var(--stage-height-wide)' : 'var(--stage-height)'
  return (
    <div className="flex flex-wrap items-end gap-x-10 gap-y-6 p-4 lg:p-8 xl:gap-x-14 xl:p-12">
      <div style={{ width: `min(100%, calc(${height} * ${ratio}))` }} className="shrink-0">
        {frame}
      </div>
      <div className="@container min-w-64 flex-1 basis-64">{children}</div>
    </div>
  )
}

/** Before the start: the frame as it will be, with the line still at its edge. */
export function IdleStage({ form }: { form: ComposerForm }) {
  const t = useTranslations('studio.stage')
  const { span } = useFormat()
  const { makes, values } = form
  const { width, height } = pixelsOf(values)
  return (
    <Stage ratio={width / height} frame={<UnexposedFrame width={width} height={height} />}>
      <p className="font-semibold text-clock text-soft tabular-nums" aria-hidden="true">
        0:00.0
      </p>
      <p className="mt-4 text-sm">{t('idle')}</p>
      <p className="mt-1 text-sm text-soft tabular-nums">
        {makes === 'image'
          ? t('nextImage', { width, height })
          : t('next', { width, height, span: span(values.duration) })}
      </p>
    </Stage>
  )
}

/** The pixels it will have. A side that is still being typed counts as one of a square. */
function pixelsOf({ aspectRatio, resolution, ...sides }: ComposerForm['values']) {
  const offered = dimensionsOf(aspectRatio, resolution)
  if (aspectRatio !== 'custom') return offered
  const side = (typed: string) => (/^[1-9]\d{1,4}$/.test(typed) ? Number(typed) : offered.width)
  return { width: side(sides.width), height: side(sides.height) }
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
