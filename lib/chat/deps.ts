import { createGoogle } from '@ai-sdk/google'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { wrapLanguageModel } from 'ai'
import { type Sentence, message } from '#lib/messages/message'
import type { Caller } from '#lib/contract/people/caller'
import { type Env, env } from '../env.ts'
import { processWide } from '../process-wide.ts'
import { type Core, isOnlyForFree, productionCore, shutdownSignal } from './core.ts'
import { director } from './director/director.ts'

/** The model that answers, and what the user is told it is. */
export interface ChatModel {
  model: Parameters<typeof wrapLanguageModel>[0]['model']
  label: Sentence
  /** Whether it takes images: it is then shown the posters of what is connected to its chat. */
  seesImages?: boolean
}

/** What the chat works with. Handed in, so that a test brings its own model, prices and limits. */
export interface ChatDeps extends Core {
  model: ChatModel
  /** Dollars one answer may spend on videos before the user is asked. */
  confirmAboveUsd: number
  messagesAMinute: number
  toolCallsAtMost: number
  stepsAtMost: number
  /** How often an answer in progress is saved; every result of a tool and the end are saved at once. */
  saveEveryMs: number
  now(): Date
  /** Aborted when the process ends. */
  signal: AbortSignal
}

/** What the running product works with. */
export function productionDeps(): ChatDeps {
  return processWide('chat deps', () => ({
    ...productionCore,
    model: productionModel(env()),
    confirmAboveUsd: env().CHAT_CONFIRM_ABOVE_USD,
    messagesAMinute: env().CHAT_MESSAGES_A_MINUTE,
    toolCallsAtMost: 12,
    stepsAtMost: 8,
    saveEveryMs: 500,
    now: () => new Date(),
    signal: shutdownSignal(),
  }))
}

/** What an answer to this caller works with: who may use only what is free speaks with the director. */
export function depsFor(caller: Caller, deps: ChatDeps): ChatDeps {
  return isOnlyForFree(caller) ? { ...deps, model: ownModel } : deps
}

/** Whether it is rules that answer, and no language model. */
export function isDirector({ model }: ChatModel) {
  return typeof model !== 'string' && model.provider === director.provider
}

/** Needs no key, and is no AI. */
const ownModel: ChatModel = { model: director, label: message('director.label') }

/**
 * The model the environment asks for: any OpenAI-compatible endpoint, else Google, else the director, which needs no
 * key and is no AI.
 */
export function productionModel(
  settings: Pick<
    Env,
    | 'CHAT_BASE_URL'
    | 'CHAT_API_KEY'
    | 'CHAT_MODEL'
    | 'CHAT_MODEL_SEES_IMAGES'
    | 'GOOGLE_GENERATIVE_AI_API_KEY'
  >,
): ChatModel {
  const { CHAT_BASE_URL, CHAT_API_KEY, CHAT_MODEL, GOOGLE_GENERATIVE_AI_API_KEY } = settings
  if (CHAT_BASE_URL && CHAT_MODEL) {
    const endpoint = createOpenAICompatible({
      name: 'chat',
      baseURL: CHAT_BASE_URL,
      ...(CHAT_API_KEY && { apiKey: CHAT_API_KEY }),
    })
    // An endpoint does not tell what its models take.
    const seesImages = settings.CHAT_MODEL_SEES_IMAGES
    return { model: endpoint(CHAT_MODEL), label: CHAT_MODEL, seesImages }
  }
  if (GOOGLE_GENERATIVE_AI_API_KEY && CHAT_MODEL) {
    const google = createGoogle({ apiKey: GOOGLE_GENERATIVE_AI_API_KEY })
    // All models of this API that chat take images.
    return { model: google(CHAT_MODEL), label: CHAT_MODEL, seesImages: true }
  }
  return ownModel
}
