'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { sessionNotice } from '#components/video/failure/gone-notice'
import type { useShelf } from '#lib/delivery/library/use-shelf'
import { useSay } from '#lib/messages/use-say'
import { PageLink } from '../page-link.tsx'
import { type LibraryAddress, filterCount } from './address.ts'

interface ShelfStateProps {
  shelf: ReturnType<typeof useShelf>
  address: LibraryAddress
  go: (address: LibraryAddress) => void
}

/** What the list is as a whole: loading, empty, failed, or read before the connection was lost. */
export function ShelfState({ shelf, address, go }: ShelfStateProps) {
  const t = useTranslations('library')
  const say = useSay()
  const { items, isLoading, error, moreError, trouble, reload, loadMore } = shelf
  if (trouble) return <Notice words={say(sessionNotice(trouble))} />
  if (error)
    return (
      <Notice
        words={items.length > 0 ? t('staleList') : t('loadFailed')}
        detail={say(error.detail)}
        onRetry={reload}
      />
    )
  if (moreError)
    return (
      <Notice
        words={t('moreFailed')}
        detail={say(moreError.detail)}
        onRetry={() => void loadMore()}
      />
    )
  if (items.length > 0) return null
  if (isLoading) return <p className="text-sm text-soft">{t('loading')}</p>
  if (address.q || filterCount(address) > 0)
    return (
      <div className="text-sm">
        <p className="text-soft">{t('nothingFound')}</p>
        <Button size="small" className="mt-3" onClick={() => go(placeOf(address))}>
          {t('showAll')}
        </Button>
      </div>
    )
  if (address.trash) return <p className="text-sm text-soft">{t('emptyTrashNote')}</p>
  if (address.collection) return <p className="text-sm text-soft">{t('emptyCollection')}</p>
  if (address.starred) return <p className="text-sm text-soft">{t('emptyStarred')}</p>
  return (
    <div className="max-w-prose text-sm">
      <p className="text-soft">{t('empty')}</p>
      <PageLink
        href="/tools/video-generator"
        className="mt-3 inline-block underline underline-offset-4"
      >
        {t('toStudio')}
      </PageLink>
    </div>
  )
}

/** The same place without words and filters. */
function placeOf({ starred, collection, trash, sort }: LibraryAddress): LibraryAddress {
  return {
    ...(starred && { starred }),
    ...(collection && { collection }),
    ...(trash && { trash }),
    ...(sort && { sort }),
  }
}

interface NoticeProps {
  words: string
  detail?: string
  onRetry?: () => void
}

function Notice({ words, detail, onRetry }: NoticeProps) {
  const t = useTranslations('ui')
  return (
    <div role="alert" className="mb-6 max-w-prose border-l-2 border-signal pl-4 text-sm">
      <p>{words}</p>
      {detail && (
        <p dir="auto" className="mt-1 text-soft">
          {detail}
        </p>
      )}
      {onRetry && (
        <Button size="small" className="mt-2" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </div>
  )
}
