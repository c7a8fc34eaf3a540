import { getTranslations } from 'next-intl/server'
import type { Metadata } from 'next'
import { MoneyScreen } from '../components/money/money-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('adminMoney')
  return { title: t('title') }
}

export default function MoneyPage() {
  return <MoneyScreen />
}
