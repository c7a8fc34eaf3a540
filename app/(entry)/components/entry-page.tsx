'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ThemeToggle } from '#components/ui/theme'
import { LanguageSwitch } from '../../language/language-switch.tsx'
import { PageLink } from '../../page-link.tsx'
import { Wordmark } from '../../wordmark.tsx'

interface EntryPageProps {
  title: string
  /** Below the title. */
  help?: ReactNode
  isWide?: boolean
  children?: ReactNode
}

/** A page in front of the studio: one thing to do, and beside it on wide screens a strip that is not exposed yet. */
export function EntryPage({ title, help, isWide = false, children }: EntryPageProps) {
  const t = useTranslations('header')
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(0,1fr)_minmax(0,24vw)]">
      <div className="flex min-w-0 flex-col">
        <header className="flex h-14 shrink-0 items-center justify-between gap-3 px-4 sm:px-10">
          <PageLink href="/tools/video-generator" className="rounded-md">
            <Wordmark />
          </PageLink>
          <div className="flex items-center gap-1 sm:gap-3">
            <LanguageSwitch />
            <ThemeToggle label={t('theme')} />
          </div>
        </header>
        <main id="content" className="my-auto w-full px-4 py-10 sm:px-10">
          <div className={isWide ? 'mx-auto max-w-3xl' : 'mx-auto max-w-sm'}>
            <h1 className="text-2xl font-semibold tracking-tight text-balance">{title}</h1>
            {help && <div className="mt-2 text-pretty text-soft">{help}</div>}
            <div className="mt-8 space-y-6">{children}</div>
          </div>
        </main>
      </div>
      <div aria-hidden="true" className="unexposed relative max-lg:hidden">
        <span className="absolute inset-y-0 left-0 w-0.5 bg-signal" />
      </div>
    </div>
  )
}

/** Keeps the place of a form until it is known what can be done. */
export function EntryLoading() {
  const t = useTranslations('entry')
  return (
    <div className="space-y-5">
      <p className="sr-only">{t('loading')}</p>
      {['a', 'b', 'c'].map((key) => (
        <span key={key} className="unexposed block h-11 rounded-md" />
      ))}
    </div>
  )
}

/** A line between two ways. */
export function Or() {
  const t = useTranslations('entry')
  return (
    <p className="flex items-center gap-4 text-sm text-soft before:h-px before:flex-1 before:bg-hairline after:h-px after:flex-1 after:bg-hairline">
      {t('or')}
    </p>
  )
}

export const linkStyle =
  'inline-flex min-h-6 items-center text-ink underline decoration-edge underline-offset-4 hover:decoration-signal'

/** Commands and variables inside a sentence, for `t.rich`. */
export const codeTags = {
  code: (words: ReactNode) => (
    <code className="font-mono text-sm text-ink max-sm:break-words sm:whitespace-nowrap">
      {words}
    </code>
  ),
}
