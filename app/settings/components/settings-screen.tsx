'use client'

import { useSay } from '#lib/messages/use-say'
import { useEffect, useState } from 'react'
import { CardBoundary } from '#components/ui/card-boundary'
import { LiveRegion } from '#components/ui/live-region'
import { useProviders } from '#lib/ai/api/use-providers'
import { serverNow } from '#lib/contract/answer-headers'
import { reportFailure } from '../../hooks/report-failure.ts'
import { RoomPage } from '../../room-page.tsx'
import { LoadProblem } from '../../status/components/load-problem.tsx'
import { providerCondition } from '../../status/components/provider-condition.tsx'
import { WebhooksSection } from './webhooks-section.tsx'
import { ProviderSection } from './provider-section.tsx'

/** Every provider: its variables, its condition and its models. Read-only. */
export function SettingsScreen() {
  const say = useSay()
  const { answer, error, reload, check } = useProviders()
  const [announcement, announce] = useState('')
  const checkAndTell = async (id: string) => {
    const checked = await check(id)
    const { word, sentence } = providerCondition(checked)
    announce(`${checked.label}: ${word}. ${say(sentence)}`)
  }
  useScrollToNamed(answer !== undefined)
  return (
    <RoomPage room="settings">
      <SettingsIntroduction />
      {error && (
        <div className="mb-8">
          <LoadProblem
            title={answer ? 'This is not fresh.' : 'The providers could not be loaded.'}
            problem={error}
            onRetry={reload}
          />
        </div>
      )}
      {!answer && !error && <SettingsSkeleton />}
      {answer?.providers.map((provider) => (
        <CardBoundary key={provider.id} what="provider">
          <ProviderSection
            provider={provider}
            nowMs={answer.readAtMs}
            onCheck={() => reportFailure(checkAndTell(provider.id), announce)}
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
  return (
    <div className="mb-10 max-w-3xl">
      <h2 className="text-2xl font-semibold tracking-tight">Providers</h2>
      <p className="mt-2 text-pretty text-soft">
        Keys are set in the environment of the server, never in the browser: write them into the
        file <code className="font-mono text-sm text-ink">.env</code> beside the installation, or
        wherever its variables are kept, and start it again. This page knows which of them are set,
        and not one of their values.
      </p>
    </div>
  )
}

const sections = ['a', 'b', 'c', 'd', 'e']

/** Keeps the place of the providers while they load. */
function SettingsSkeleton() {
  return (
    <div>
      <p className="sr-only">Loading</p>
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
