import { VideoGenerator } from './components/video-generator.tsx'
import { readDeepLink } from '../studio/form/deep-link.ts'

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** A deep link (`?prompt=...`) fills the form and never submits it: a link must not spend money. */
export default async function VideoGeneratorPage({ searchParams }: PageProps) {
  return <VideoGenerator deepLink={readDeepLink(await searchParams)} />
}
