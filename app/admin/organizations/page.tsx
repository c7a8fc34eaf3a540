import { getTranslations } from 'next-intl/server'
import type { Metadata } from 'next'
import { OrganizationsScreen } from '../components/organizations-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('organizations')
  return { title: t('title') }
}

export default function OrganizationsPage() {
  return <OrganizationsScreen />
}
