import { getTranslations } from 'next-intl/server'
import type { Metadata } from 'next'
import { forAccounts } from '../../people/page-caller.ts'
import { NoticesScreen } from '../components/notices/notices-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('notices.screen')
  return { title: t('title') }
}

export default async function NoticesPage() {
  await forAccounts('/account/notices')
  return <NoticesScreen />
}
