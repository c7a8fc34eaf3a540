'use client'

import { useTranslations } from 'next-intl'
import { withBasePath } from '#lib/contract/calls/base-path'

/** A picture or a film that was put here. */
export function UploadFrame({ id }: { id: string }) {
  const t = useTranslations('canvasNodes')
  const url = withBasePath(`/api/media/${id}/source`)
  const style = 'min-h-0 w-full flex-1 rounded-sm bg-film object-contain'
  if (id.startsWith('image_'))
    return (
      // oxlint-disable-next-line next/no-img-element -- one user's own bytes: nothing for a shared image cache
      <img src={url} alt={t('upload', { kind: 'image' })} draggable={false} className={style} />
    )
  return (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- what is said in it is unknown
    <video
      src={url}
      poster={withBasePath(`/api/media/${id}/poster`)}
      aria-label={t('upload', { kind: 'video' })}
      controls
      playsInline
      preload="none"
      className={`nodrag ${style}`}
    />
  )
}
