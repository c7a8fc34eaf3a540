import type { ModelSupports, ModelView } from '#lib/contract/model-view'
import { aspectRatios, resolutions } from '#lib/contract/video-format'
import { takesPictures } from './inputs/picture.ts'
import { joinedWords } from './joined-words.ts'

/** What the form can ask for, where a model lacks it; the parts of pictures only where it takes some. */
function gapsOf(
  supports: ModelSupports,
): { name: string; has: (other: ModelSupports) => boolean }[] {
  const anyPictures = takesPictures(supports)
  const settings = [
    ...aspectRatios.map((ratio) => has(ratio, (one) => one.aspectRatios.includes(ratio))),
    ...resolutions.map((name) => has(name, (one) => one.resolutions.includes(name))),
    has('sound', ({ audio }) => audio),
    has('pictures', takesPictures),
    ...(anyPictures ? pictureParts : []),
    has('seed', ({ seed }) => seed),
    has('negative prompt', ({ negativePrompt }) => negativePrompt),
  ]
  return settings.filter((setting) => !setting.has(supports))
}

const pictureParts = [
  has('last frame', ({ lastFrame }) => lastFrame),
  has('references', ({ maxReferences }) => maxReferences > 0),
]

function has(name: string, test: (supports: ModelSupports) => boolean) {
  return { name, has: test }
}

/** What a model does not do, and who does: "Not with M: 1:1 (Kling can), seed and sound (Wan and 2 others can)." */
export function gapWords(model: ModelView, models: readonly ModelView[]): string | null {
  const { supports, label } = model
  const others = models
    .filter(({ id, isEnabled }) => id !== model.id && isEnabled)
    .filter((other) => other.supports.sourceVideo === supports.sourceVideo)
    .toSorted((a, b) => Number(a.isDemo) - Number(b.isDemo))
  const gaps = gapsOf(supports)
  if (gaps.length === 0) return null
  const byAble = Map.groupBy(gaps, (gap) =>
    ableWords(others.filter((one) => gap.has(one.supports))),
  )
  const parts = [...byAble].map(([able, same]) => joinedWords(same.map(({ name }) => name)) + able)
  return `Not with ${label}: ${parts.join(', ')}.`
}

function ableWords(able: readonly ModelView[]) {
  const [first, second] = able.map(({ label }) => label)
  if (!first) return ''
  if (able.length > 2) return ` (${first} and ${able.length - 1} others can)`
  return ` (${second ? `${first} and ${second}` : first} can)`
}
