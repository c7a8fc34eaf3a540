import { getTranslations } from 'next-intl/server'
import type { Metadata } from 'next'
import { StatusScreen } from './components/status-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('status')
  return { title: t('title') }
}

export default function StatusPage() {
  return <StatusScreen />
}
