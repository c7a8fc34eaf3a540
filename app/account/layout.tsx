import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { titlesOfPages } from '../page-titles.ts'
import { PeopleWords } from '../people/people-words.tsx'
import { SectionPage } from '../people/section-page.tsx'

export const metadata = titlesOfPages

/** The account of the user: one navigation for all its pages. Each page sends visitors to the sign-in itself. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations()
  const sections = [
    { href: '/account', label: t('account.profile.title') },
    { href: '/account/security', label: t('account.security.title') },
    { href: '/account/organizations', label: t('organizations.title') },
    { href: '/account/notices', label: t('notices.screen.title') },
    { href: '/account/usage', label: t('usage.title') },
    { href: '/account/keys', label: t('keys.title') },
  ]
  return (
    <PeopleWords>
      <SectionPage title={t('account.title')} label={t('account.sections')} sections={sections}>
        {children}
      </SectionPage>
    </PeopleWords>
  )
}
