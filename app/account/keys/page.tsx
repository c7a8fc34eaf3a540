import { getTranslations } from 'next-intl/server'
import type { Metadata } from 'next'
import { forAccounts } from '../../people/page-caller.ts'
import { KeysScreen } from '../components/keys/keys-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('keys')
  return { title: t('title') }
}

export default async function KeysPage() {
  await forAccounts('/account/keys')
  return <KeysScreen />
}
