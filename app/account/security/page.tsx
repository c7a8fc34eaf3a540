import { getTranslations } from 'next-intl/server'
import type { Metadata } from 'next'
import { forAccounts } from '../../people/page-caller.ts'
import { SecurityScreen } from '../components/security-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('security.title') }
}

export default async function SecurityPage() {
  await forAccounts('/account/security')
  return <SecurityScreen />
}
