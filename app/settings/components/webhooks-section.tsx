import { useTranslations } from 'next-intl'
import { EnvLine } from './provider-variables.tsx'

/** Whether webhooks of providers reach this installation, and which variable turns them on. */
export function WebhooksSection({ reason }: { reason: string | null }) {
  const t = useTranslations('settings')
  return (
    <section
      aria-labelledby="webhooks-heading"
      className="mt-8 grid gap-x-12 gap-y-6 border-t border-hairline py-8 lg:grid-cols-[15rem_1fr]"
    >
      <h2 id="webhooks-heading" className="text-lg font-semibold tracking-tight">
        {t('webhooks')}
      </h2>
      <div className="max-w-2xl text-sm">
        {reason === null ? (
          <p>{t('webhooksOn')}</p>
        ) : (
          <>
            <p>{reason}</p>
            <p className="mt-1 mb-2 text-soft">{t('webhooksOff')}</p>
            <EnvLine line="PUBLIC_URL=https://" />
          </>
        )}
      </div>
    </section>
  )
}
