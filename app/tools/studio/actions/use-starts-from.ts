'use client'

import type { MenuItem } from '#components/ui/overlay/menu'
import { showToast } from '#components/ui/toast/show-toast'
import type { FileView } from '#lib/contract/file-view'
import type { ModelView } from '#lib/contract/model-view'
import { loadPart, ProblemError } from '#lib/contract/problem'
import { message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import type { ComposerValues } from '../form/composer-values.ts'
import type { GrabbedFrame } from '../form/pictures/grab-frame.ts'
import { canBeSource, sourceVideoOf } from '../form/pictures/inputs.ts'
import type { ComposerForm } from '../form/use-composer-form.ts'
import type { Pictures } from '../form/pictures/use-pictures.ts'
import { useImageStarts } from './use-image-starts.ts'

interface StartsFromOptions {
  form: ComposerForm
  models: readonly ModelView[]
  pictures: Pictures
  /** Called when the form was filled. */
  onFilled: () => void
  onShare: (view: FileView) => void
  onSaveTemplate: (view: FileView) => void
  announce: (sentence: string) => void
}

/**
 * What a finished file can start here. A video: its poster or last frame as a first frame, a version of it made over. An
 * image: a video that begins with it; in the studio of images another image after it. Each: links that show it to others.
 */
export function useStartsFrom(options: StartsFromOptions) {
  const { form, models, pictures, onFilled, announce } = options
  const say = useSay()
  const { beginner, remaker, taker } = makersOf(models, form.model?.id)

  const fillIn = (model: ModelView, part: Partial<ComposerValues>) => {
    form.change({ model: model.id, ...part })
    form.showFault('inputs', null)
    onFilled()
  }
  const beginWith = async (model: ModelView, view: FileView, which: GrabbedFrame) => {
    try {
      const { grabFrame } = await loadPart(import('../form/pictures/grab-frame.ts'))
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

  const startsOfVideo = (view: FileView) => {
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

  const startsOfImage = useImageStarts({ form, beginner, taker, fillIn, announce })

  return (view: FileView): MenuItem[] => {
    if (view.status !== 'completed') return []
    const starts = view.type === 'image' ? startsOfImage(view) : startsOfVideo(view)
    return [...starts, ...keepsOf(view, say, options)]
  }
}

/** What every finished file can become: a template, unless it was edited, and a link. */
function keepsOf(
  view: FileView,
  say: ReturnType<typeof useSay>,
  { onShare, onSaveTemplate }: Pick<StartsFromOptions, 'onShare' | 'onSaveTemplate'>,
): MenuItem[] {
  const share = { label: say(message('share.menu')), onSelect: () => onShare(view) }
  if (view.kind === 'edit') return [share]
  const save = () => onSaveTemplate(view)
  return [{ label: say(message('templates.saveAs')), onSelect: save }, share]
}

/** The models that begin with a picture, make a film over, and take references: the chosen one where it can, else the first. */
function makersOf(models: readonly ModelView[], chosenId: string | undefined) {
  const usable = models.filter(({ isEnabled, state }) => isEnabled && state !== 'retired')
  const first = (can: (model: ModelView) => boolean) => {
    const able = usable.filter(can)
    return able.find(({ id }) => id === chosenId) ?? able[0]
  }
  return {
    beginner: first(({ supports }) => supports.firstFrame),
    remaker: first(({ supports }) => supports.sourceVideo === 'required'),
    taker: first(({ supports }) => supports.maxReferences > 0),
  }
}

function whyNoFrame(error: unknown) {
  if (!(error instanceof ProblemError)) return message('inputs.frameFailed')
  return error.problem.detail
}
