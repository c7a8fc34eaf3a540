'use client'

import { formatList } from '#components/ui/format.ts'
import {
  aspectRatios,
  type ModelSupports,
  type ModelView,
  resolutions,
} from '#lib/contract/model-view'
import { takesPictures } from '../../form/pictures.ts'
import type { ComposerForm } from '../../form/use-composer-form.ts'

interface ModelLimitsProps {
  form: ComposerForm
  model: ModelView
  models: readonly ModelView[]
}

/** What the chosen model changed in the form and what it lacks; hidden where it lacks nothing or is off. */
export function ModelLimits({ form, model, models }: ModelLimitsProps) {
  const gaps = gapMessage(model, models)
  if (!model.isEnabled || (!form.changes && !gaps)) return null
  return (
    <p id="model-limits" className="mt-2 text-tiny text-pretty text-soft">
      {form.changes && <span className="text-ink">{`${form.changes} `}</span>}
      {gaps && <span>{gaps}</span>}
    </p>
  )
}

/** The settings that a model lacks; kinds of pictures only if it accepts any. */
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

/** What a model lacks, and which models support it: "Not with M: 1:1 (Kling can), seed and sound (Wan and 2 others can)." */
export function gapMessage(model: ModelView, models: readonly ModelView[]): string | null {
  const { supports, label } = model
  const others = models
    .filter(({ id, isEnabled }) => id !== model.id && isEnabled)
    .filter((other) => other.supports.sourceVideo === supports.sourceVideo)
    .toSorted((a, b) => Number(a.isDemo) - Number(b.isDemo))
  const gaps = gapsOf(supports)
  if (gaps.length === 0) return null
  const byAble = Map.groupBy(gaps, (gap) =>
    ableLabel(others.filter((one) => gap.has(one.supports))),
  )
  const parts = [...byAble].map(([able, same]) => formatList(same.map(({ name }) => name)) + able)
  return `Not with ${label}: ${parts.join(', ')}.`
}

function ableLabel(able: readonly ModelView[]) {
  const [first, second] = able.map(({ label }) => label)
  if (!first) return ''
  if (able.length > 2) return ` (${first} and ${able.length - 1} others can)`
  return ` (${second ? `${first} and ${second}` : first} can)`
}
