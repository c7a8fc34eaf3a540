'use client'

import type { MenuItem } from '#components/ui/overlay/menu'
import { showToast } from '#components/ui/toast/show-toast'
import type { FileView } from '#lib/contract/file-view'
import type { ModelView } from '#lib/contract/model-view'
import { loadPart, ProblemError } from '#lib/contract/problem'
import { message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import type { ComposerValues } from '../form/composer-values.ts'
import type { GrabbedFrame } from '../form/grab-frame.ts'
import { canBeSource, sourceVideoOf } from '../form/inputs.ts'
import type { ComposerForm } from '../form/use-composer-form.ts'
import type { Pictures } from '../form/use-pictures.ts'

interface StartsFromOptions {
  form: ComposerForm
  models: readonly ModelView[]
  pictures: Pictures
  /** Called when the form was filled. */
  onFilled: () => void
  announce: (sentence: string) => void
}

/** What a finished video can start: its poster or last frame as a first frame, or a version of it made over. */
export function useStartsFrom(options: StartsFromOptions) {
  const { form, models, pictures, onFilled, announce } = options
  const say = useSay()
  const usable = models.filter(({ isEnabled, state }) => isEnabled && state !== 'retired')
  const isChosen = ({ id }: ModelView) => id === form.model?.id
  const withFrame = usable.filter(({ supports }) => supports.firstFrame)
  const withSource = usable.filter(({ supports }) => supports.sourceVideo === 'required')
  const beginner = withFrame.find(isChosen) ?? withFrame[0]
  const remaker = withSource.find(isChosen) ?? withSource[0]

  const fillIn = (model: ModelView, part: Partial<ComposerValues>) => {
    form.change({ model: model.id, ...part })
    form.showFault('inputs', null)
    onFilled()
  }
  const beginWith = async (model: ModelView, view: FileView, which: GrabbedFrame) => {
    try {
      const { grabFrame } = await loadPart(import('../form/grab-frame.ts'))
      const file = await grabFrame(view, which)
      pictures.beginWith(file)
      fillIn(model, { aspectRatio: view.settings.aspectRatio })
      announce(say(message('inputs.set_firstFrame')))
    } catch (error) {
      const why = whyNoFrame(error)
      showToast({ kind: 'error', title: why })
      announce(say(why))
    }
  }

  return (view: FileView): MenuItem[] => {
    if (view.status !== 'completed') return []
    const { aspectRatio } = view.settings
    const items: MenuItem[] = []
    if (beginner && view.posterUrl)
      items.push({
        label: say(message('studio.history.useFrame')),
        onSelect: () => void beginWith(beginner, view, 'poster'),
      })
    if (beginner && view.url)
      items.push({
        label: say(message('studio.history.useLastFrame')),
        onSelect: () => void beginWith(beginner, view, 'last'),
      })
    if (remaker && canBeSource(view))
      items.push({
        label: say(message('studio.history.edit')),
        aside: remaker.label,
        onSelect: () => fillIn(remaker, { sourceVideo: sourceVideoOf(view), aspectRatio }),
      })
    return items
  }
}

function whyNoFrame(error: unknown) {
  if (!(error instanceof ProblemError)) return message('inputs.frameFailed')
  return error.problem.detail
}
