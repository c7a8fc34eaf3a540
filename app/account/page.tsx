import { getTranslations } from 'next-intl/server'
import type { Metadata } from 'next'
import { forAccounts } from '../people/page-caller.ts'
import { ProfileScreen } from './components/profile-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('title') }
}

export default async function AccountPage() {
  await forAccounts('/account')
  return <ProfileScreen />
}
