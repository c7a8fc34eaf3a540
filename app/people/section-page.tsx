'use client'

import { clsx } from 'clsx'
import { useTranslations } from 'next-intl'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import type { Problem } from '#lib/contract/problem'
import { PageLink } from '../page-link.tsx'
import { RoomPage } from '../room-page.tsx'
import { LoadProblem } from '../status/components/load-problem.tsx'

export interface SectionLink {
  href: string
  label: string
}

interface SectionPageProps {
  title: string
  /** What the navigation is called. */
  label: string
  sections: readonly SectionLink[]
  children: ReactNode
}

/** A page with sections: its navigation at the left, above on narrow screens. */
export function SectionPage({ title, label, sections, children }: SectionPageProps) {
  const path = usePathname()
  return (
    <RoomPage room={null}>
      <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
      <div className="mt-6 grid gap-x-12 gap-y-8 lg:mt-10 lg:grid-cols-[13rem_minmax(0,1fr)]">
        <nav aria-label={label}>
          <ul className="flex flex-wrap gap-x-5 border-b border-hairline lg:block lg:border-b-0 lg:border-l">
            {sections.map(({ href, label }) => {
              const isCurrent = href === path
              return (
                <li key={href}>
                  <PageLink
                    href={href}
                    isCurrent={isCurrent}
                    className={clsx(linkStyle, isCurrent && currentStyle)}
                  >
                    {label}
                  </PageLink>
                </li>
              )
            })}
          </ul>
        </nav>
        <div className="min-w-0 max-w-3xl">{children}</div>
      </div>
    </RoomPage>
  )
}

const linkStyle = clsx(
  'flex min-h-10 items-center border-b-2 border-transparent text-sm text-soft hover:text-ink',
  'max-lg:-mb-px lg:-ml-px lg:border-b-0 lg:border-l-2 lg:pl-4 touch:min-h-11',
)
const currentStyle = 'border-signal! font-medium text-ink!'

interface SectionProps {
  id: string
  title: string
  /** One sentence under the title. */
  help?: ReactNode
  /** At the right end of the title: the section's one action. */
  aside?: ReactNode
  children?: ReactNode
}

/** One section of such a page, under a hairline. */
export function Section({ id, title, help, aside, children }: SectionProps) {
  return (
    <section
      aria-labelledby={id}
      className="border-t border-hairline py-8 first:border-t-0 first:pt-0"
    >
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 max-w-prose flex-1 basis-64">
          <h2 id={id} className="text-lg font-semibold tracking-tight">
            {title}
          </h2>
          {help && <div className="mt-1 text-sm text-pretty text-soft">{help}</div>}
        </div>
        {aside}
      </div>
      {children && <div className="mt-5 empty:hidden">{children}</div>}
    </section>
  )
}

interface AwaitedProps {
  /** Undefined until it came. */
  answer: unknown
  error: Problem | undefined
  reload: () => unknown
}

/** Shown until an answer comes: that it is on its way, or why it did not come, and a way to ask again. */
export function Awaited({ answer, error, reload }: AwaitedProps) {
  const t = useTranslations('account')
  if (error)
    return <LoadProblem title={t('loadFailed')} problem={error} onRetry={() => void reload()} />
  return answer === undefined ? <RowsLoading label={t('loading')} /> : null
}

/** Keeps the place of a list while it loads. */
function RowsLoading({ label }: { label: string }) {
  return (
    <div>
      <p className="sr-only">{label}</p>
      {['a', 'b', 'c'].map((key) => (
        <span key={key} className="unexposed mb-2 block h-14 rounded-sm" />
      ))}
    </div>
  )
}

export const rowsStyle = 'divide-y divide-hairline border-y border-hairline'
export const rowStyle = 'flex flex-wrap items-center gap-x-6 gap-y-2 py-3 text-sm'
