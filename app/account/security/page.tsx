import { getTranslations } from 'next-intl/server'
import type { Metadata } from 'next'
import { forAccounts } from '../../people/page-caller.ts'
import { SecurityScreen } from '../components/security-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('security.title') }
}

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function SecurityPage({ searchParams }: PageProps) {
  await forAccounts('/account/security')
  return <SecurityScreen hasFailed={(await searchParams).error !== undefined} />
}
