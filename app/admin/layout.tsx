import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { forAdmins } from '../people/page-caller.ts'
import { titlesOfPages } from '../page-titles.ts'
import { PeopleWords } from '../people/people-words.tsx'
import { SectionPage } from '../people/section-page.tsx'
import { SettingsWarnings } from './components/settings-warnings.tsx'

export const metadata = titlesOfPages

/** What the owner and the admins look after. To other accounts there is no such page; the routes behind it refuse them. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  await forAdmins('/admin')
  const t = await getTranslations()
  const sections = [
    { href: '/admin', label: t('admin.people.title') },
    { href: '/admin/invitations', label: t('invitations.title') },
    { href: '/admin/organizations', label: t('organizations.title') },
    { href: '/admin/money', label: t('adminMoney.title') },
  ]
  return (
    <PeopleWords>
      <SectionPage title={t('admin.title')} label={t('admin.sections')} sections={sections}>
        <SettingsWarnings />
        <div>{children}</div>
      </SectionPage>
    </PeopleWords>
  )
}
