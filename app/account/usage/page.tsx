import { getTranslations } from 'next-intl/server'
import type { Metadata } from 'next'
import { forAccounts } from '../../people/page-caller.ts'
import { UsageScreen } from '../components/usage/usage-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('usage')
  return { title: t('title') }
}

interface UsagePageProps {
  searchParams: Promise<{ topUp?: string | string[] }>
}

export default async function UsagePage({ searchParams }: UsagePageProps) {
  await forAccounts('/account/usage')
  const { topUp } = await searchParams
  return <UsageScreen topUpId={typeof topUp === 'string' ? topUp : null} />
}
