import { getTranslations } from 'next-intl/server'
import type { Metadata } from 'next'
import { ResetScreen } from '../components/reset-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('entry')
  return { title: t('reset.title'), referrer: 'no-referrer' }
}

export default function ResetPage() {
  return <ResetScreen />
}
