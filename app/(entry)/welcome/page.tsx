import { getTranslations } from 'next-intl/server'
import type { Metadata } from 'next'
import { forAdmins } from '../../people/page-caller.ts'
import { WelcomeScreen } from '../components/welcome-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('welcome')
  return { title: t('title') }
}

export default async function WelcomePage() {
  await forAdmins('/welcome')
  return <WelcomeScreen />
}
