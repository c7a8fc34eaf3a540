import type { ModelView } from '#lib/contract/model-view'
import type { ComposerValues } from './composer-values.ts'

/** What was filled in and a model has no use for, kept for one that has: "Kept, not used here: seed, 2 pictures." */
export function unusedWords(
  chosen: Partial<ComposerValues>,
  now: ComposerValues,
  { supports }: ModelView,
): string {
  const pictures = (chosen.pictures?.length ?? 0) - now.pictures.length
  const unused = [
    now.seed.trim() && !supports.seed && 'seed',
    now.negativePrompt.trim() && !supports.negativePrompt && 'negative prompt',
    pictures > 0 && (pictures === 1 ? '1 picture' : `${pictures} pictures`),
    chosen.sourceVideo && !now.sourceVideo && 'the video to make over',
  ].filter(Boolean)
  return unused.length > 0 ? `Kept, not used here: ${unused.join(', ')}.` : ''
}
