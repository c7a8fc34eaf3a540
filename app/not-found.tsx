import { useTranslations } from 'next-intl'
import { buttonStyle } from '#components/ui/button'
import { withBasePath } from '#lib/contract/calls/base-path'
import { MessagePage } from './message-page.tsx'

export default function NotFound() {
  const t = useTranslations('page')
  return (
    <MessagePage code="404" title={t('notFoundTitle')}>
      <p>{t('notFoundHelp')}</p>
      {/* oxlint-disable-next-line next/no-html-link-for-pages -- Next's link would weigh 4 KB on every page */}
      <a
        href={withBasePath('/tools/video-generator')}
        className={buttonStyle({ variant: 'outline' })}
      >
        {t('toStudio')}
      </a>
    </MessagePage>
  )
}
