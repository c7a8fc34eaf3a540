import type { ModelView } from '#lib/contract/model-view'
import { message } from '#lib/messages/message'
import { inWords } from '#lib/messages/translate'
import { currentModels } from '../../generations/models.ts'
import { usualSeconds } from '../../generations/start/expected-time.ts'
import { estimate } from '../../generations/start/request.ts'
import { parsed } from '../../read-input.ts'
import { answer } from './answers.ts'
import { ofKindSchema } from './schemas.ts'
import type { Asked } from './tool.ts'

const wantsKind = { kind: message('request.chooseOf', { options: 'video, image' }) }

/** The models of a kind as the caller can use them right now: what is needed to choose. */
export async function answerModels(args: unknown, { caller, request }: Asked) {
  const { kind = 'video' } = parsed(ofKindSchema, args, wantsKind)
  const offered = { kind, usualSeconds: await usualSeconds() }
  const models = await currentModels(new Date(), caller, offered)
  return answer(inWords(request.headers, { models: models.map(choiceOf) }))
}

function choiceOf({ supports, ...model }: ModelView) {
  return {
    id: model.id,
    label: model.label,
    description: model.description,
    isEnabled: model.isEnabled,
    unavailableReason: model.unavailableReason,
    isDemo: model.isDemo,
    replacementId: model.replacementId,
    aspectRatios: supports.aspectRatios,
    resolutions: supports.resolutions,
    durationSeconds: supports.duration,
    defaults: model.defaults,
    makesSound: supports.audio,
    firstFrame: supports.firstFrame,
    lastFrame: supports.lastFrame,
    maxReferences: supports.maxReferences,
    sourceVideo: supports.sourceVideo,
    customSize: supports.customSize,
    imageFormats: supports.imageFormats,
    price: model.price,
    usualSeconds: model.usualSeconds,
  }
}

/** What a start would cost and take. Throws as a start would. */
export async function answerEstimate(args: Record<string, unknown>, { caller, request }: Asked) {
  const { kind: asked, ...body } = args
  const { kind } = parsed(ofKindSchema, { kind: asked }, wantsKind)
  const { usd, upToUsd, providerLabel, reason, expected } = await estimate(body, caller, kind)
  const seconds = expected?.seconds ?? null
  const told = { usd, upToUsd, provider: providerLabel, reason, expectedSeconds: seconds }
  return answer(inWords(request.headers, told))
}
