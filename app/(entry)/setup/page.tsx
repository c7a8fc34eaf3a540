import { getTranslations } from 'next-intl/server'
import type { Metadata } from 'next'
import { SetupScreen } from '../components/setup-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('entry')
  // The product's name is in it already.
  return { title: { absolute: t('setup.title') }, referrer: 'no-referrer' }
}

export default function SetupPage() {
  return <SetupScreen />
}
