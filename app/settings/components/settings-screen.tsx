'use client'

import { useEffect, useState } from 'react'
import { LiveRegion } from '#components/ui/live-region'
import { useProviders } from '#lib/ai/api/use-providers'
import { attempt } from '../../hooks/attempt.ts'
import { RoomPage } from '../../room-page.tsx'
import { LoadProblem } from '../../status/components/load-problem.tsx'
import { providerCondition } from '../../status/components/provider-condition.ts'
import { CallbacksSection } from './callbacks-section.tsx'
import { ProviderSection } from './provider-section.tsx'
import { SettingsIntroduction } from './settings-introduction.tsx'
import { SettingsSkeleton } from './settings-skeleton.tsx'

/** Every provider: what turns it on, how it is, and what it makes. Nothing is typed in here. */
export function SettingsScreen() {
  const { answer, error, reload, check } = useProviders()
  const [announcement, announce] = useState('')
  const checkAndTell = async (id: string) => {
    const checked = await check(id)
    const { word, sentence } = providerCondition(checked, Date.now())
    announce(`${checked.label}: ${word}. ${sentence}`)
  }
  useScrollToNamed(answer !== undefined)
  return (
    <RoomPage room="Settings">
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
        <ProviderSection
          key={provider.id}
          provider={provider}
          nowMs={answer.readAtMs}
          onCheck={() => attempt(checkAndTell(provider.id), announce)}
        />
      ))}
      {answer && <CallbacksSection reason={answer.pollingOnlyReason} />}
      <LiveRegion announcement={announcement} />
    </RoomPage>
  )
}

/** What the address names was not there yet when the browser looked for it. */
function useScrollToNamed(isThere: boolean) {
  useEffect(() => {
    if (isThere) document.getElementById(location.hash.slice(1))?.scrollIntoView()
  }, [isThere])
}
