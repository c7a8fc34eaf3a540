'use client'

import { CheckIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { Button, buttonStyle } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import { useAccountPage } from '#lib/ai/api/people/use-account'
import { useProviders } from '#lib/ai/api/reads/use-providers'
import type { ProviderView } from '#lib/contract/provider-view'
import { PageLink } from '../../page-link.tsx'
import { codeTags, EntryPage } from './entry-page.tsx'

const studio = '/tools/video-generator'

/** The first run of an installation, for its owner: three steps, none of which has to be taken. */
export function WelcomeScreen() {
  const t = useTranslations('welcome')
  const { account } = useAccountPage()
  const { answer } = useProviders()
  const withKey = answer?.providers.find(({ isOn, variables }) => isOn && variables.length > 0)
  const clip = `${studio}?${new URLSearchParams({ prompt: t('clip.prompt') })}`
  return (
    <EntryPage title={t('title')} help={t('help')} isWide>
      <ol className="border-t border-hairline">
        <Step place={1} title={t('account.title')} isDone>
          <p dir="auto">{t('account.help', { email: account?.user?.email ?? '' })}</p>
          <StepLink href="/account/security">{t('account.action')}</StepLink>
        </Step>
        <Step place={2} title={t('key.title')} isDone={withKey !== undefined}>
          {withKey ? (
            <p>{t('key.isSet', { provider: withKey.label })}</p>
          ) : (
            <>
              <p>{t.rich('key.help', codeTags)}</p>
              <KeyVariables providers={answer?.providers ?? []} />
            </>
          )}
          <StepLink href="/settings">{t('key.action')}</StepLink>
        </Step>
        <Step place={3} title={t('clip.title')} isDone={false}>
          <p>{t('clip.help')}</p>
          <StepLink href={clip} isMain>
            {t('clip.action')}
          </StepLink>
        </Step>
      </ol>
      <PageLink href={studio} className={buttonStyle({ variant: 'outline' })}>
        {t('finish')}
      </PageLink>
    </EntryPage>
  )
}

interface StepProps {
  place: number
  title: string
  isDone: boolean
  children: ReactNode
}

/** One step; folded once it is skipped. */
function Step({ place, title, isDone, children }: StepProps) {
  const t = useTranslations('welcome')
  const [isSkipped, skip] = useState(false)
  const state = isDone ? t('done') : isSkipped ? t('skipped') : null
  return (
    <li className="grid grid-cols-[2rem_minmax(0,1fr)] border-b border-hairline py-6">
      <span className="font-mono text-sm leading-7 text-soft tabular-nums">{place}</span>
      <div className="min-w-0">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <h2 className="text-lg font-semibold tracking-tight">{title}</h2>
          {state ? (
            <span className="flex items-center gap-1.5 text-sm text-soft">
              {isDone && <CheckIcon aria-hidden="true" className="size-4 text-signal-ink" />}
              <span>{state}</span>
            </span>
          ) : (
            <Button size="small" variant="quiet" onClick={() => skip(true)}>
              <span>{t('skip')}</span>
              <span className="sr-only">{title}</span>
            </Button>
          )}
        </div>
        {!isSkipped && (
          <div className="mt-2 space-y-4 text-sm text-pretty text-soft">{children}</div>
        )}
      </div>
    </li>
  )
}

function StepLink({
  href,
  isMain,
  children,
}: {
  href: string
  isMain?: boolean
  children: string
}) {
  return (
    <PageLink
      href={href}
      className={buttonStyle({ variant: isMain ? 'primary' : 'outline', size: 'small' })}
    >
      {children}
    </PageLink>
  )
}

/** The variable each provider needs, as a line to copy. */
function KeyVariables({ providers }: { providers: readonly ProviderView[] }) {
  const t = useTranslations('settings')
  const lines = providers.flatMap(({ label, variables }) => {
    const needed = variables.find(({ isRequired }) => isRequired)
    return needed ? [{ label, line: `${needed.name}=` }] : []
  })
  return (
    <ul className="divide-y divide-hairline border-y border-hairline">
      {lines.map(({ label, line }) => (
        <li key={line} className="flex min-h-11 flex-wrap items-center gap-x-4 py-1">
          <span className="w-32 text-ink">{label}</span>
          <code className="min-w-0 flex-1 font-mono break-all">{line}</code>
          <CopyButton label={t('copyLine', { line })} text={line} />
        </li>
      ))}
    </ul>
  )
}
