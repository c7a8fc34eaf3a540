import { getTranslations } from 'next-intl/server'
import type { Metadata } from 'next'
import { returnTo } from '../../people/return-to.ts'
import { SignUpScreen } from '../components/sign-up-screen.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('entry')
  return { title: t('signUp.title') }
}

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function SignUpPage({ searchParams }: PageProps) {
  return <SignUpScreen next={returnTo((await searchParams).next)} />
}
