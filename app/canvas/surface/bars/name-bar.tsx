'use client'

import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { ArrowLeftIcon } from 'lucide-react'
import type { CanvasDoc } from '#lib/delivery/canvas/canvas-doc'
import { PageLink } from '../../../page-link.tsx'

/** The name of the canvas, and how it is kept; runs are started at the end of it. */
export function NameBar({ doc, children }: { doc: CanvasDoc; children?: React.ReactNode }) {
  const t = useTranslations('canvas')
  const { name, saving } = useSyncExternalStore(doc.subscribe, doc.read, doc.read)
  return (
    <div className="flex min-h-12 shrink-0 items-center gap-2 border-b border-hairline px-4 sm:gap-4 lg:px-6 xl:px-8">
      <PageLink
        href="/canvas"
        title={t('all')}
        className="-ml-1 p-1 text-soft hover:text-ink touch:-ml-3.5 touch:p-3.5"
      >
        <ArrowLeftIcon aria-hidden="true" className="size-4" />
        <span className="sr-only">{t('all')}</span>
      </PageLink>
      <input
        dir="auto"
        aria-label={t('name')}
        placeholder={t('untitled')}
        value={name}
        maxLength={200}
        onChange={({ target }) => doc.rename(target.value)}
        className="h-9 min-w-0 flex-1 rounded-md bg-transparent px-2 text-ellipsis text-field font-medium placeholder:text-soft hover:bg-ink/5 sm:max-w-80"
      />
      <output className="text-tiny whitespace-nowrap text-soft">{t(`saving.${saving}`)}</output>
      <div className="ml-auto flex items-center gap-2">{children}</div>
    </div>
  )
}
