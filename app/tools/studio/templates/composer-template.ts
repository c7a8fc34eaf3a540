import type { FileView } from '#lib/contract/file-view'
import type { GenerateVideoRequest } from '#lib/contract/generate-video-request'
import type { MediaType } from '#lib/contract/generation'
import { noInputs } from '#lib/contract/generation-inputs'
import {
  type TemplateSettings,
  type TemplateView,
  asPlainWords,
} from '#lib/contract/library/templates'
import type { ModelView } from '#lib/contract/model-view'
import type { GenerateImageRequest } from '#lib/contract/request/generate-image-request'
import type { ComposerValues } from '../form/composer-values.ts'
import { chosenFrom } from '../form/pictures/inputs.ts'
import type { ComposerForm } from '../form/use-composer-form.ts'
import { imageKind } from '../kinds/image-kind.ts'
import { videoKind } from '../kinds/video-kind.ts'

/** A template that is being written: a new one, or one with its id. */
export interface TemplateDraft extends Pick<
  TemplateView,
  'name' | 'kind' | 'settings' | 'isShared'
> {
  id?: string
}

/** The composer as a new template. What is typed in braces are its variables. */
export function draftOfForm(form: ComposerForm): TemplateDraft {
  const { makes, values, model } = form
  const draft = { name: '', kind: makes, isShared: true }
  if (!model) return { ...draft, settings: { prompt: values.prompt } }
  const kind = makes === 'image' ? imageKind : videoKind
  return { ...draft, settings: savedOf(kind.toRequest(values, model)) }
}

/** The settings of a file as a new template: its prompt as it is, and a new seed each time. */
export function draftOfFile(view: FileView): TemplateDraft {
  const kind: MediaType = view.kind === 'image' ? 'image' : 'video'
  const { seed: _seed, ...settings } = savedOf(
    kind === 'image' ? imageKind.requestOf(view) : videoKind.requestOf(view),
  )
  const prompt = asPlainWords(settings.prompt)
  return { name: '', kind, isShared: true, settings: { ...settings, prompt } }
}

/** What a template keeps of a request. */
function savedOf({
  variations: _variations,
  useCache: _useCache,
  promptBefore: _promptBefore,
  enableFallback: _enableFallback,
  callbackUrl: _callbackUrl,
  ...settings
}: GenerateVideoRequest | GenerateImageRequest): TemplateSettings {
  return settings
}

/**
 * The composer that a template with this prompt makes. Where it names no model, the chosen one stays, and so does the
 * limit where it says nothing of one.
 */
export function composerOf(
  { settings }: Pick<TemplateView, 'settings'>,
  prompt: string,
  now: Pick<ComposerValues, 'model' | 'maxUsd'>,
): Partial<ComposerValues> {
  const { seed, negativePrompt, maxUsd, inputs, width, height, model, ...same } = settings
  const given = Object.fromEntries(
    Object.entries(same).filter(([, value]) => value !== undefined),
  ) as Partial<ComposerValues>
  const {
    firstFrame = null,
    lastFrame = null,
    references = [],
    sourceVideo = null,
  } = inputs ?? noInputs
  return {
    ...given,
    prompt,
    model: model ?? now.model,
    seed: textOf(seed),
    negativePrompt: negativePrompt ?? '',
    maxUsd: maxUsd === undefined ? now.maxUsd : textOf(maxUsd),
    width: textOf(width),
    height: textOf(height),
    ...chosenFrom({ firstFrame, lastFrame, references, sourceVideo }),
  }
}

/** The name of the model a template was saved with; its id where it has left the catalogue. */
export function modelNameOf({ model }: TemplateSettings, models: readonly ModelView[]) {
  return models.find(({ id }) => id === model)?.label ?? model
}

function textOf(value: number | null | undefined) {
  return value === null || value === undefined ? '' : String(value)
}
