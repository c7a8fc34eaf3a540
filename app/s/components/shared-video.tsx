'use client'

import { DownloadIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { buttonStyle } from '#components/ui/button'
import type { SharedView } from '#lib/contract/people/shares'
import { formatTimecode } from '#lib/messages/format'

/** The player of a shared video, or a shared image, and what may be known of it. */
export function SharedVideo({ view }: { view: SharedView }) {
  const t = useTranslations('share.page')
  const ratio = view.width / view.height
  const length = view.durationSeconds && formatTimecode(view.durationSeconds)
  const facts = [length, `${view.width} × ${view.height}`].filter(Boolean)
  return (
    <div style={{ width: `min(100%, calc(72dvh * ${ratio}))` }}>
      <Shown view={view} label={view.prompt ?? t('title', { kind: view.type })} />
      <div className="mt-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p className="font-mono text-tiny text-soft">{facts.join(', ')}</p>
        {view.downloadUrl && (
          <a href={view.downloadUrl} download className={buttonStyle({ size: 'small' })}>
            <DownloadIcon />
            <span>{t('download')}</span>
          </a>
        )}
      </div>
      <p className="mt-2 text-sm text-soft">
        {view.isDemo ? t('demo') : t('description', { kind: view.type })}
      </p>
    </div>
  )
}

interface ShownProps {
  view: SharedView
  label: string
}

/** The image, or the browser's own player. Once the link is over it says so: what it still had may have played on. */
function Shown({ view, label }: ShownProps) {
  const t = useTranslations('share.page')
  const [hasEnded, setHasEnded] = useState(false)
  const end = () => setHasEnded(true)
  return (
    <>
      {view.type === 'video' ? (
        <Player view={view} label={label} onError={end} />
      ) : (
        // oxlint-disable-next-line next/no-img-element -- the picture itself, as it was made
        <img
          src={view.videoUrl}
          alt={label}
          width={view.width}
          height={view.height}
          className="h-auto w-full bg-raised"
          onError={end}
        />
      )}
      <output className="mt-2 block text-sm text-signal-ink empty:hidden">
        {hasEnded && t('ended', { kind: view.type })}
      </output>
    </>
  )
}

function Player({ view, label, onError }: ShownProps & { onError: () => void }) {
  return (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- what is said in it is unknown
    <video
      src={view.videoUrl}
      poster={view.posterUrl ?? undefined}
      aria-label={label}
      controls
      controlsList={view.downloadUrl ? undefined : 'nodownload'}
      playsInline
      preload="metadata"
      style={{ aspectRatio: `${view.width} / ${view.height}` }}
      className="w-full bg-black"
      onError={onError}
    />
  )
}
