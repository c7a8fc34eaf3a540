'use client'

import { LiveRegion } from '#components/ui/live-region'
import { useDoing } from '../../../people/use-doing.ts'
import { AccountLoaded } from '../account-loaded.tsx'
import { TelegramSection } from '../telegram/telegram-section.tsx'
import { SettingsSections } from './settings-sections.tsx'
import { ThisBrowserSection } from './this-browser-section.tsx'
import { WebhooksSections } from './webhooks-sections.tsx'

/** How an account is told of its videos, and the webhooks of the active account or organization. */
export function NoticesScreen() {
  const doing = useDoing()
  return (
    <AccountLoaded>
      {(_user, { active }) => (
        <>
          <SettingsSections doing={doing} />
          <ThisBrowserSection doing={doing} />
          <TelegramSection doing={doing} />
          <WebhooksSections key={active.id} active={active} doing={doing} />
          <LiveRegion announcement={doing.announcement} />
        </>
      )}
    </AccountLoaded>
  )
}
