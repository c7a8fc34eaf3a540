import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { SharedScreen } from '../components/shared-screen.tsx'
import { readShared } from '../page-shared.ts'

interface Context {
  params: Promise<{ token: string }>
}

// The link is its own key: it is told to no search engine, and to no site that is gone to from here.
const secret: Metadata = { robots: { index: false, follow: false }, referrer: 'no-referrer' }

export async function generateMetadata({ params }: Context): Promise<Metadata> {
  const { token } = await params
  const page = await readShared(token)
  if (!page || page.isLocked) return secret
  const t = await getTranslations('share.page')
  const { base, view } = page
  const { type: kind, videoUrl, posterUrl, width, height, contentType } = view
  const title = view.prompt ?? t('title', { kind })
  const description = view.isDemo ? t('demo') : t('description', { kind })
  const { origin } = new URL(base)
  const url = `${base}/s/${token}`
  const images = posterUrl ? [{ url: origin + posterUrl, width, height }] : []
  const videos = [{ url: origin + videoUrl, width, height, type: contentType }]
  const ofType =
    kind === 'video' ? ({ type: 'video.other', videos } as const) : ({ type: 'website' } as const)
  const embed = `${base}/api/oembed?format=json&url=${encodeURIComponent(url)}`
  return {
    ...secret,
    description,
    openGraph: {
      ...ofType,
      siteName: 'Photofinish',
      title,
      description,
      url,
      images,
    },
    twitter: { card: 'summary_large_image', title, description, images },
    alternates: { types: { 'application/json+oembed': embed } },
  }
}

/** One video, for those who have the link to it. */
export default async function SharedVideoPage({ params }: Context) {
  const { token } = await params
  const page = await readShared(token)
  if (!page) notFound()
  return <SharedScreen token={token} view={page.isLocked ? null : page.view} />
}
