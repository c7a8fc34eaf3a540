import { getTranslations } from 'next-intl/server'
import type { Metadata } from 'next'
import { InviteScreen } from '../../components/invite-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('entry')
  return { title: t('invite.title'), referrer: 'no-referrer' }
}

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  return <InviteScreen token={(await params).token} />
}
