'use client'

import { type MessageRef, type Sentence, message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import {
  aspectRatios,
  type ModelSupports,
  type ModelView,
  resolutions,
} from '#lib/contract/model-view'
import { takesPictures } from '../../form/pictures/pictures.ts'
import type { ComposerForm } from '../../form/use-composer-form.ts'

interface ModelLimitsProps {
  form: ComposerForm
  model: ModelView
  models: readonly ModelView[]
}

/** What the chosen model changed in the form and what it lacks; hidden where it lacks nothing or is off. */
export function ModelLimits({ form, model, models }: ModelLimitsProps) {
  const say = useSay()
  const gaps = gapMessage(model, models)
  if (!model.isEnabled || (!form.changes && !gaps)) return null
  return (
    <p id="model-limits" className="mt-2 text-tiny text-pretty text-soft">
      {form.changes && <span className="text-ink">{`${say(form.changes)} `}</span>}
      {gaps && <span>{say(gaps)}</span>}
    </p>
  )
}

/** The settings that a model lacks; kinds of pictures only if it accepts any. */
function gapsOf({
  kind,
  supports,
}: ModelView): { name: Sentence; has: (other: ModelSupports) => boolean }[] {
  const isVideo = kind === 'video'
  const settings = [
    ...(isVideo ? videoSettings : []),
    has(message('composer.gapPictures'), takesPictures),
    ...(isVideo && takesPictures(supports) ? pictureParts : []),
    has(message('composer.gapSeed'), ({ seed }) => seed),
    has(message('composer.gapNegativePrompt'), ({ negativePrompt }) => negativePrompt),
  ]
  return settings.filter((setting) => !setting.has(supports))
}

// Images have too many formats and sizes to name those that are not there.
const videoSettings = [
  ...aspectRatios.map((ratio) => has(ratio, (one) => one.aspectRatios.includes(ratio))),
  ...resolutions.map((name) => has(name, (one) => one.resolutions.includes(name))),
  has(message('composer.gapSound'), ({ audio }) => audio),
]

const pictureParts = [
  has(message('composer.gapLastFrame'), ({ lastFrame }) => lastFrame),
  has(message('composer.gapReferences'), ({ maxReferences }) => maxReferences > 0),
]

function has(name: Sentence, test: (supports: ModelSupports) => boolean) {
  return { name, has: test }
}

/** What a model lacks, and which models support it: "M doesn't support 1:1 (Kling) and sound (Wan and 2 more)." */
export function gapMessage(model: ModelView, models: readonly ModelView[]): MessageRef | null {
  const { supports, label } = model
  const others = models
    .filter(({ id, isEnabled }) => id !== model.id && isEnabled)
    .filter((other) => other.supports.sourceVideo === supports.sourceVideo)
    .toSorted((a, b) => Number(a.isDemo) - Number(b.isDemo))
  const gaps = gapsOf(model)
  if (gaps.length === 0) return null
  const ableOf = (gap: (typeof gaps)[number]) => others.filter((one) => gap.has(one.supports))
  const byAble = Map.groupBy(gaps, (gap) =>
    ableOf(gap)
      .map(({ id }) => id)
      .join(),
  )
  const parts = [...byAble.values()].map((same) => gapPart(same, ableOf(same[0]!)))
  return message('composer.gaps', { model: label, what: { list: parts, link: 'or' } })
}

function gapPart(same: readonly { name: Sentence }[], able: readonly ModelView[]): MessageRef {
  const what = message('composer.gapNames', {
    names: { list: same.map(({ name }) => name), link: 'or' },
  })
  const labels = able.map(({ label }) => label)
  if (labels.length === 0) return what
  const models =
    labels.length > 2
      ? message('composer.gapsOneAndMore', { model: labels[0]!, count: labels.length - 1 })
      : message('composer.gapNames', { names: { list: labels } })
  return message('composer.gapsElsewhere', { what, models })
}
