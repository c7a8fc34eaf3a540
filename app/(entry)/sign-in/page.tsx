import { getTranslations } from 'next-intl/server'
import type { Metadata } from 'next'
import { returnTo } from '../../people/return-to.ts'
import { SignInScreen } from '../components/sign-in-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('entry')
  return { title: t('signIn.title') }
}

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function SignInPage({ searchParams }: PageProps) {
  const { next, error } = await searchParams
  return <SignInScreen next={returnTo(next)} failure={[error].flat()[0]} />
}
