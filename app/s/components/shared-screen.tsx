'use client'

import { useTranslations } from 'next-intl'
import { ThemeToggle } from '#components/ui/theme'
import type { SharedView } from '#lib/contract/people/shares'
import { LanguageSwitch } from '../../language/language-switch.tsx'
import { Wordmark } from '../../wordmark.tsx'
import { PasswordForm } from './password-form.tsx'
import { SharedVideo } from './shared-video.tsx'

interface SharedScreenProps {
  token: string
  /** Null until its password is given. */
  view: SharedView | null
}

/** A page with nothing of the studio but its mark: who has a link is no guest of it. */
export function SharedScreen({ token, view }: SharedScreenProps) {
  const t = useTranslations('share.page')
  const header = useTranslations('header')
  const title = view ? (view.prompt ?? t('title', { kind: view.type })) : t('lockedTitle')
  return (
    <div className="flex min-h-dvh flex-col">
      <title>{`${title} · Photofinish`}</title>
      <header className="flex items-center justify-between gap-4 p-4 lg:px-6">
        <Wordmark />
        <div className="flex items-center gap-1">
          <LanguageSwitch />
          <ThemeToggle label={header('theme')} />
        </div>
      </header>
      <main className="mx-auto flex w-full max-w-5xl flex-1 flex-col items-center justify-center px-4 pb-16 lg:px-6">
        <h1
          dir="auto"
          className="mb-5 line-clamp-3 max-w-full text-center text-lg font-semibold tracking-tight"
        >
          {title}
        </h1>
        {view ? <SharedVideo view={view} /> : <PasswordForm token={token} />}
      </main>
    </div>
  )
}
