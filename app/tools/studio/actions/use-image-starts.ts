'use client'

import type { MenuItem } from '#components/ui/overlay/menu'
import type { FileView } from '#lib/contract/file-view'
import { nearestRatio } from '#lib/contract/generation-inputs'
import type { ModelView } from '#lib/contract/model-view'
import { message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import type { ComposerValues } from '../form/composer-values.ts'
import { generatedPicture } from '../form/pictures/inputs.ts'
import type { Picture } from '../form/pictures/pictures.ts'
import type { ComposerForm } from '../form/use-composer-form.ts'

interface ImageStartsOptions {
  form: ComposerForm
  /** The models that begin with a picture, and that take references. */
  beginner: ModelView | undefined
  taker: ModelView | undefined
  fillIn: (model: ModelView, part: Partial<ComposerValues>) => void
  announce: (sentence: string) => void
}

/** What a finished image can start in this form: a video that begins with it, or an image after it or out of it. */
export function useImageStarts(options: ImageStartsOptions) {
  const { form, beginner, taker, fillIn, announce } = options
  const say = useSay()
  const use = (model: ModelView, pictures: Picture[], part: Partial<ComposerValues> = {}) => {
    fillIn(model, { pictures, ...part })
    announce(say(message(`inputs.set_${pictures[0]!.role}`)))
  }
  const begin = (model: ModelView, view: FileView) =>
    use(model, [generatedPicture(view, 'firstFrame')], {
      aspectRatio: nearestRatio(model.supports.aspectRatios, view),
    })
  return (view: FileView): MenuItem[] => {
    if (form.makes === 'video')
      return beginner
        ? [
            {
              label: say(message('studio.history.useFrame')),
              onSelect: () => begin(beginner, view),
            },
          ]
        : []
    if (!taker) return []
    return [
      {
        label: say(message('images.useReference')),
        onSelect: () => use(taker, withReference(form, taker, view)),
      },
      {
        label: say(message('images.editByWords')),
        onSelect: () => use(taker, [generatedPicture(view, 'reference')], { prompt: '' }),
      },
    ]
  }
}

/** The references of the form and this one; where there is no room the last gives way. */
function withReference({ values }: ComposerForm, { supports }: ModelView, view: FileView) {
  const fresh = generatedPicture(view, 'reference')
  const others = values.pictures.filter(({ key }) => key !== fresh.key)
  return [...others.slice(0, supports.maxReferences - 1), fresh]
}
