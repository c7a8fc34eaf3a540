import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { VideoGenerator } from './components/video-generator.tsx'
import { readDeepLink } from './components/form/deep-link.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('header')
  return { title: t('studio') }
}

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** A deep link (`?prompt=...`) fills the form and never submits it: a link must not spend money. */
export default async function VideoGeneratorPage({ searchParams }: PageProps) {
  return <VideoGenerator deepLink={readDeepLink(await searchParams)} />
}
