import * as z from 'zod/mini'
import type { MessageKey, Sentence } from '#lib/messages/message'
import {
  type ExtendWay,
  type UpscaleSize,
  type WorkOrder,
  extendWays,
  upscaleSizes,
} from '../generation.ts'
import { hasFields } from '../problem.ts'
import { requestFields } from '../request/request-fields.ts'

// What a provider can make of a finished video, for the server and the dialogs alike.

/** One way to make more of a video, or a larger one, at its price now. */
interface Offer {
  model: string
  label: string
  providerLabel: string
  /** Dollars, at the provider that is tried first. */
  usd: number
  /** Dollars, at the most expensive provider it may fall back to. */
  upToUsd: number
}

export interface ExtendOffer extends Offer {
  way: ExtendWay
  /** How many seconds it adds. */
  seconds: number
}

export interface UpscaleOffer extends Offer {
  to: UpscaleSize
  /** Pixels. */
  width: number
  height: number
}

/** `GET /api/file/<id>/work`: what can be made of a finished video now. */
export interface WorkOffers {
  /** The provider's own extension first. */
  extend: ExtendOffer[]
  /** Why the provider that made it cannot extend it itself; null where it can. */
  notNative: Sentence | null
  upscale: UpscaleOffer[]
}

export function isWorkOffers(value: unknown): value is WorkOffers {
  if (!hasFields(value, { extend: 'object', upscale: 'object' })) return false
  const { extend, upscale } = value as WorkOffers
  return Array.isArray(extend) && Array.isArray(upscale)
}

/** The library takes a text for what is wrong: here it is the key of a message, see `faultOf`. */
const says = (key: MessageKey): string => key

export const workOrders = {
  extend: z.strictObject({
    operation: z.literal('extend'),
    way: z.enum(extendWays, { error: says('request.chooseOf') }),
    prompt: requestFields.prompt,
    model: requestFields.model,
  }),
  upscale: z.strictObject({
    operation: z.literal('upscale'),
    to: z.enum(upscaleSizes, { error: says('request.chooseOf') }),
  }),
} satisfies Record<WorkOrder['operation'], z.ZodMiniType>

/** `POST /api/work`: what is to be made of which finished video. */
export const workRequestSchema = z.strictObject(
  {
    source: z
      .string({ error: says('request.videoId') })
      .check(z.regex(/^file_[0-9a-z]{24}$/, says('request.videoId'))),
    work: z.discriminatedUnion('operation', [workOrders.extend, workOrders.upscale], {
      error: says('request.workOperation'),
    }),
    maxUsd: requestFields.maxUsd,
  },
  { error: says('errors.sendObject') },
)

export type WorkRequest = z.infer<typeof workRequestSchema>
