import type { EstimateView } from '#lib/contract/estimate-view'
import type { ModelView } from '#lib/contract/model-view'
import { env } from '../env.ts'
import type { FileRow } from '../generations/row.ts'
import { cancelFile } from '../generations/commands/cancel.ts'
import { currentModels } from '../generations/models.ts'
import { shutdownController } from '../generations/engine/deps.ts'
import { estimate } from '../generations/request.ts'
import { type StartOptions, startGeneration } from '../generations/start.ts'
import { processWide } from '../process-wide.ts'
import { type ChatModel, productionModel } from './chat-model.ts'

/** Dollars: at the provider that is tried first, and where the dearest that may step in had to. */
export type CallPrice = Pick<EstimateView, 'usd' | 'upToUsd'>

/** What the chat works with. Handed in, so that a test brings its own model, prices and limits. */
export interface ChatDeps {
  model: ChatModel
  /** The one start there is; the form's too. */
  start(options: StartOptions): Promise<FileRow>
  cancel(userId: string, fileId: string): Promise<FileRow | undefined>
  /** The models as they can be used right now. */
  models(): Promise<ModelView[]>
  /** What a generation would cost; throws where it cannot be made. */
  priceOf(body: unknown): Promise<CallPrice>
  /** Dollars above which the user is asked before a video is started. */
  confirmAboveUsd: number
  messagesAMinute: number
  toolCallsAtMost: number
  stepsAtMost: number
  /** How often an answer in progress is written down, beside every result of a tool and the end. */
  saveEveryMs: number
  now(): Date
  /** Aborted when the process ends. */
  signal: AbortSignal
}

/** What the running product works with. */
export function productionDeps(): ChatDeps {
  return processWide('chat deps', () => ({
    model: productionModel(env()),
    start: startGeneration,
    cancel: cancelFile,
    models: () => currentModels(new Date()),
    priceOf: (body) => estimate(body),
    confirmAboveUsd: env().CHAT_CONFIRM_ABOVE_USD,
    messagesAMinute: env().CHAT_MESSAGES_A_MINUTE,
    toolCallsAtMost: 12,
    stepsAtMost: 8,
    saveEveryMs: 500,
    now: () => new Date(),
    signal: shutdownController().signal,
  }))
}
