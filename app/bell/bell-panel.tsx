'use client'

import { clsx } from 'clsx'
import { useTranslations } from 'next-intl'
import { type RefObject, useEffect, useEffectEvent, useState } from 'react'
import useSWRInfinite from 'swr/infinite'
import { Button } from '#components/ui/button'
import { markSeen, readNotices } from '#lib/ai/api/people/notices'
import { serverNow } from '#lib/contract/answer-headers'
import { type NoticePage, type NoticeView, pageOf } from '#lib/contract/people/notices'
import { onTold } from '#lib/delivery/news'
import { useFormat } from '#lib/messages/use-say'
import { PageLink } from '../page-link.tsx'
import { HeaderPanel } from './header-panel.tsx'

export interface BellPanelProps {
  anchor: RefObject<HTMLElement | null>
  isOpen: boolean
  hasAccount: boolean
  /** The notices were seen by now. */
  onSeen: () => void
  onClose: () => void
}

/** The notices, newest first: each leads to its video. Opened, they are seen; what was new stays marked while it is open. */
export function BellPanel({ anchor, isOpen, hasAccount, onSeen, onClose }: BellPanelProps) {
  const t = useTranslations('bell')
  return (
    <HeaderPanel title={t('title')} anchor={anchor} isOpen={isOpen} onClose={onClose}>
      <NoticeList onSeen={onSeen} />
      {hasAccount && (
        <div className="border-t border-hairline p-1">
          <PageLink href="/account/notices" className={footStyle}>
            {t('settings')}
          </PageLink>
        </div>
      )}
    </HeaderPanel>
  )
}

function NoticeList({ onSeen }: Pick<BellPanelProps, 'onSeen'>) {
  const t = useTranslations('bell')
  const { data, error, size, setSize, mutate } = useSWRInfinite(pageKey, ([, cursor]) =>
    readNotices(cursor),
  )
  const first = data?.[0]
  // What is new is so as long as the panel is open.
  const [wasNew, setWasNew] = useState<ReadonlySet<string>>(new Set())
  const fresh = first?.notices.filter(({ isSeen }) => !isSeen) ?? []
  if (fresh.some(({ id }) => !wasNew.has(id)))
    setWasNew(new Set([...wasNew, ...fresh.map(({ id }) => id)]))
  const until = first && first.unseen > 0 ? first.notices[0]?.createdAt : undefined
  const tellSeen = useEffectEvent(onSeen)
  useEffect(() => {
    if (until) void markSeen({ until }).then(tellSeen, () => {})
  }, [until])
  useEffect(() => onTold(() => void mutate()), [mutate])
  if (error)
    return (
      <div className="px-4 pb-4 text-sm">
        <p className="text-soft">{t('failed')}</p>
        <Button size="small" className="mt-3" onClick={() => void mutate()}>
          {t('retry')}
        </Button>
      </div>
    )
  if (!data) return <p className="px-4 pb-4 text-sm text-soft">{t('loading')}</p>
  if (first?.notices.length === 0)
    return <p className="px-4 pb-4 text-sm text-pretty text-soft">{t('empty')}</p>
  const hasMore = data.at(-1)?.nextCursor
  return (
    <ul aria-label={t('title')} className="min-h-0 overflow-y-auto overscroll-contain px-1 pb-1">
      {data.flatMap(({ notices }) =>
        notices.map((notice) => (
          <li key={notice.id}>
            <NoticeLink notice={notice} isNew={wasNew.has(notice.id)} />
          </li>
        )),
      )}
      {hasMore && (
        <li className="p-1">
          <Button size="small" variant="quiet" onClick={() => void setSize(size + 1)}>
            {t('more')}
          </Button>
        </li>
      )}
    </ul>
  )
}

function pageKey(index: number, before: NoticePage | null) {
  if (before && !before.nextCursor) return null
  return ['notices of the panel', before?.nextCursor ?? undefined] as const
}

function NoticeLink({ notice, isNew }: { notice: NoticeView; isNew: boolean }) {
  const t = useTranslations('bell')
  const { moment } = useFormat()
  const { kind, prompt, createdAt } = notice
  const words = (
    <>
      <span className="flex items-baseline justify-between gap-3">
        <span className={clsx(isNew && 'font-medium')}>
          {isNew && <span aria-hidden="true" className={dotStyle} />}
          {isNew && <span className="sr-only">{t('new')}</span>}
          <span>{t(kindWords[kind], { kind: notice.made ?? 'gone' })}</span>
        </span>
        <span className="shrink-0 text-tiny text-soft tabular-nums">
          {moment(createdAt, serverNow())}
        </span>
      </span>
      <span dir="auto" className="mt-0.5 line-clamp-2 text-soft wrap-anywhere">
        {prompt ?? t('deleted')}
      </span>
    </>
  )
  // Of a deleted video there is nothing to see.
  if (prompt === null) return <div className={itemStyle}>{words}</div>
  return (
    <PageLink href={placeOf(notice)} className={itemStyle}>
      {words}
    </PageLink>
  )
}

const kindWords = {
  'video.completed': 'completed',
  'video.failed': 'failedVideo',
  'video.delayed': 'delayed',
  'video.decision': 'decision',
} as const

/** A video of a chat is shown there. */
function placeOf(notice: NoticeView) {
  return notice.chatId ? `/chat/${notice.chatId}` : pageOf(notice)
}

const itemStyle =
  'block min-h-11 rounded-sm px-3 py-2 text-sm outline-none hover:bg-ink/8 focus-visible:bg-ink/8'
const dotStyle = 'mr-2 inline-block size-2 rounded-full bg-signal align-middle'
const footStyle =
  'flex min-h-9 items-center rounded-sm px-3 text-sm outline-none hover:bg-ink/8 focus-visible:bg-ink/8 touch:min-h-11'
