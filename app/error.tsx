'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { MessagePage } from './message-page.tsx'

/** The page failed to render. Unfinished videos are not affected. */
export default function ErrorPage({ retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations()
  return (
    <MessagePage code="500" title={t('page.errorTitle')}>
      <p>{t('page.errorHelp')}</p>
      <div className="flex flex-wrap gap-3">
        <Button variant="outline" onClick={() => retry()}>
          {t('ui.retry')}
        </Button>
        <Button variant="quiet" onClick={() => location.reload()}>
          {t('ui.reload')}
        </Button>
      </div>
    </MessagePage>
  )
}
