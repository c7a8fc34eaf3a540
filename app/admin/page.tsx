import { getTranslations } from 'next-intl/server'
import type { Metadata } from 'next'
import { PeopleScreen } from './components/people-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin')
  return { title: t('title') }
}

export default function AdminPage() {
  return <PeopleScreen />
}
