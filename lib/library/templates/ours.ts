import type { TemplateView } from '#lib/contract/library/templates'
import type { Locale } from '#lib/messages/locales'
import { ourImages } from './our-images.ts'
import { ourVideos } from './our-videos.ts'

/** The templates that come with the studio, in one language. */
export function ourTemplates(locale: Locale): TemplateView[] {
  return [...ourVideos, ...ourImages].map(({ id, kind, settings, words }) => ({
    id: `ours-${id}`,
    name: words[locale].name,
    kind,
    settings: { ...settings, prompt: words[locale].prompt },
    isOurs: true,
    isShared: false,
    isStarred: false,
    canChange: false,
    createdAt: null,
  }))
}
