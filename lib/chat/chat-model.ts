import { createGoogle } from '@ai-sdk/google'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModel } from 'ai'
import type { Env } from '../env.ts'
import { director } from './director/director.ts'

/** The model that answers, and what the user is told it is. */
export interface ChatModel {
  model: LanguageModel
  label: string
}

/**
 * The model the environment asks for: any OpenAI-compatible endpoint, else Google, else the director, which needs no
 * key and is no AI.
 */
export function productionModel(
  settings: Pick<
    Env,
    'CHAT_BASE_URL' | 'CHAT_API_KEY' | 'CHAT_MODEL' | 'GOOGLE_GENERATIVE_AI_API_KEY'
  >,
): ChatModel {
  const { CHAT_BASE_URL, CHAT_API_KEY, CHAT_MODEL, GOOGLE_GENERATIVE_AI_API_KEY } = settings
  if (CHAT_BASE_URL && CHAT_MODEL) {
    const endpoint = createOpenAICompatible({
      name: 'chat',
      baseURL: CHAT_BASE_URL,
      ...(CHAT_API_KEY && { apiKey: CHAT_API_KEY }),
    })
    return { model: endpoint(CHAT_MODEL), label: CHAT_MODEL }
  }
  if (GOOGLE_GENERATIVE_AI_API_KEY && CHAT_MODEL) {
    const google = createGoogle({ apiKey: GOOGLE_GENERATIVE_AI_API_KEY })
    return { model: google(CHAT_MODEL), label: CHAT_MODEL }
  }
  return { model: director, label: 'Director (rule-based, no AI)' }
}
