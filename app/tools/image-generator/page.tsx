import { readDeepLink } from '../studio/form/deep-link.ts'
import { ImageGenerator } from './components/image-generator.tsx'

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** A deep link (`?prompt=...`) fills the form and never submits it: a link must not spend money. */
export default async function ImageGeneratorPage({ searchParams }: PageProps) {
  return <ImageGenerator deepLink={readDeepLink(await searchParams, 'image')} />
}
