'use client'

import { message } from '#lib/messages/message'
import { useTranslations } from 'next-intl'
import { useSay } from '#lib/messages/use-say'
import { type ReactNode, useEffect, useState } from 'react'
import { CardBoundary } from '#components/ui/card-boundary'
import { LiveRegion } from '#components/ui/live-region'
import { useProviders } from '#lib/ai/api/reads/use-providers'
import { reportFailure } from '../../hooks/report-failure.ts'
import { RoomPage } from '../../room-page.tsx'
import { LoadProblem } from '../../status/components/load-problem.tsx'
import { providerCondition } from '../../status/components/provider-condition.tsx'
import { WebhooksSection } from './webhooks-section.tsx'
import { ProviderSection } from './provider-section.tsx'

/** Every provider: its variables, its condition and its models. Read-only. */
export function SettingsScreen() {
  const t = useTranslations('settings')
  const say = useSay()
  const { answer, error, reload, check } = useProviders()
  const [announcement, announce] = useState('')
  const checkAndTell = async (id: string) => {
    const checked = await check(id)
    const { word, sentence } = providerCondition(checked)
    announce(say(message('settings.checked', { provider: checked.label, word, says: sentence })))
  }
  useScrollToNamed(answer !== undefined)
  return (
    <RoomPage room="settings">
      <SettingsIntroduction />
      {error && (
        <div className="mb-8">
          <LoadProblem
            title={t(answer ? 'stale' : 'loadFailed')}
            problem={error}
            onRetry={reload}
          />
        </div>
      )}
      {!answer && !error && <SettingsSkeleton />}
      {answer?.providers.map((provider) => (
        <CardBoundary key={provider.id}>
          <ProviderSection
            provider={provider}
            nowMs={answer.readAtMs}
            onCheck={
              answer.isWhole === false
                ? undefined
                : () => reportFailure(checkAndTell(provider.id), (says) => announce(say(says)))
            }
          />
        </CardBoundary>
      ))}
      {answer && (
        <WebhooksSection reason={answer.pollingOnlyReason && say(answer.pollingOnlyReason)} />
      )}
      <LiveRegion announcement={announcement} />
    </RoomPage>
  )
}

/** Scrolls to the address's anchor, which did not exist yet when the browser looked for it. */
function useScrollToNamed(isThere: boolean) {
  useEffect(() => {
    if (isThere) document.getElementById(location.hash.slice(1))?.scrollIntoView()
  }, [isThere])
}

/** Explains where keys are set. */
function SettingsIntroduction() {
  const t = useTranslations('settings')
  const code = (words: ReactNode) => <code className="font-mono text-sm text-ink">{words}</code>
  return (
    <div className="mb-10 max-w-3xl">
      <h2 className="text-2xl font-semibold tracking-tight">{t('providers')}</h2>
      <p className="mt-2 text-pretty text-soft">{t.rich('introduction', { code })}</p>
    </div>
  )
}

const sections = ['a', 'b', 'c', 'd', 'e']

/** Keeps the place of the providers while they load. */
function SettingsSkeleton() {
  const t = useTranslations('ui')
  return (
    <div>
      <p className="sr-only">{t('loading')}</p>
      {sections.map((key) => (
        <div
          key={key}
          className="grid min-h-96 content-start gap-6 border-t border-hairline py-8 lg:grid-cols-[15rem_1fr] lg:min-h-72"
        >
          <span className="unexposed block h-7 w-32 rounded-sm" />
          <span className="unexposed block h-40 rounded-sm" />
        </div>
      ))}
    </div>
  )
}
