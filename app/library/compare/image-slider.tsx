'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { ShelfItem } from '#lib/delivery/library/shelf-item'
import { useFormat } from '#lib/messages/use-say'

export interface ComparedPair {
  left: ShelfItem
  right: ShelfItem
}

/** Two pictures in one frame: the line between them is moved by drag, click and arrows. */
export function ImageSlider({ left, right }: ComparedPair) {
  const t = useTranslations('library')
  const { rate } = useFormat()
  const [share, setShare] = useState(50)
  const ratio = left.width / left.height || 1
  return (
    <div
      className="relative mx-auto overflow-hidden rounded-sm bg-film"
      style={{ aspectRatio: ratio, width: `min(100%, calc(65dvh * ${ratio}))` }}
    >
      {/* oxlint-disable-next-line next/no-img-element -- one user's own bytes: nothing for a shared image cache */}
      <img
        src={right.url ?? undefined}
        alt={right.title || t('untitled')}
        className="absolute inset-0 size-full object-contain"
      />
      {/* oxlint-disable-next-line next/no-img-element -- the same */}
      <img
        src={left.url ?? undefined}
        alt={left.title || t('untitled')}
        className="absolute inset-0 size-full object-contain"
        style={{ clipPath: `inset(0 ${100 - share}% 0 0)` }}
      />
      <span
        aria-hidden="true"
        className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-signal"
        style={{ left: `${share}%` }}
      />
      <input
        type="range"
        aria-label={t('compare.slider')}
        aria-valuetext={rate(share / 100)}
        min={0}
        max={100}
        value={share}
        onChange={({ target }) => setShare(Number(target.value))}
        className="absolute inset-0 size-full cursor-ew-resize opacity-0 focus-visible:opacity-30"
      />
    </div>
  )
}
