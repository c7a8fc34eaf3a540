import { getTranslations } from 'next-intl/server'
import type { Metadata } from 'next'
import { SettingsScreen } from './components/settings-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('title') }
}

export default function SettingsPage() {
  return <SettingsScreen />
}
