import { getTranslations } from 'next-intl/server'
import type { Metadata } from 'next'
import { InvitationsScreen } from '../components/invitations-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('invitations')
  return { title: t('title') }
}

export default function InvitationsPage() {
  return <InvitationsScreen />
}
