'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button'
import { Awaited } from '../../people/section-page.tsx'
import type { usePages } from './use-pages.ts'

interface PagedListProps {
  list: Omit<ReturnType<typeof usePages>, 'pages'>
  /** How many rows there are; undefined until known. */
  count: number | undefined
  /** Said where there is none. */
  none: string
  /** The rows. */
  children: ReactNode
}

/** A list as it loads, fails, is empty, or goes on. */
export function PagedList({ list, count, none, children }: PagedListProps) {
  const t = useTranslations()
  const { error, hasMore, isLoading, loadMore, reload } = list
  return (
    <>
      <Awaited answer={count} error={error} reload={reload} />
      {count === 0 && !hasMore && <p className="text-sm text-soft">{none}</p>}
      {Boolean(count) && children}
      {hasMore && (
        <Button className="mt-5" aria-disabled={isLoading} onClick={loadMore}>
          {t('admin.more')}
        </Button>
      )}
    </>
  )
}
