import * as z from 'zod/mini'
import type { MessageKey } from '#lib/messages/message'
import type { EditOperation } from '../generation.ts'
import { animationLimits, joinedAtMost, loopsAtMost } from './edit-limits.ts'

/** The library takes a text for what is wrong: here it is the key of a message, see `faultOf`. */
const says = (key: MessageKey): string => key

const seconds = z
  .number({ error: says('request.seconds') })
  .check(z.minimum(0, says('request.seconds')))
const share = z
  .number({ error: says('request.share') })
  .check(z.minimum(0, says('request.share')), z.maximum(1, says('request.share')))

function within(min: number, max: number, key: MessageKey) {
  return z.int({ error: says(key) }).check(z.minimum(min, says(key)), z.maximum(max, says(key)))
}

const span = { from: seconds, to: seconds }
const { fps, width } = animationLimits

export const orders = {
  trim: z.strictObject({ operation: z.literal('trim'), ...span }),
  join: z.strictObject({
    operation: z.literal('join'),
    continued: z.optional(z.boolean({ error: says('request.boolean') })),
  }),
  mute: z.strictObject({ operation: z.literal('mute') }),
  loop: z.strictObject({
    operation: z.literal('loop'),
    times: within(2, loopsAtMost, 'request.loopTimes'),
  }),
  crop: z.strictObject({
    operation: z.literal('crop'),
    aspectRatio: z.enum(['9:16', '16:9', '1:1'], { error: says('request.chooseOf') }),
    focus: z.strictObject({ x: share, y: share }, { error: says('request.focus') }),
  }),
  frame: z.strictObject({
    operation: z.literal('frame'),
    at: z.union([seconds, z.enum(['first', 'last'])], { error: says('request.frameAt') }),
  }),
  animation: z.strictObject({
    operation: z.literal('animation'),
    format: z.enum(['gif', 'webp'], { error: says('request.chooseOf') }),
    ...span,
    width: within(width.min, width.max, 'request.animationWidth'),
    fps: within(fps.min, fps.max, 'request.animationFps'),
  }),
} satisfies Record<EditOperation, z.ZodMiniType>

/** `POST /api/edit`: what is to be done to which finished videos; their order counts. */
export const editRequestSchema = z.strictObject(
  {
    sources: z
      .array(
        z
          .string({ error: says('request.videoId') })
          .check(z.regex(/^(file|video)_[0-9a-z]{24}$/, says('request.videoId'))),
        { error: says('request.sources') },
      )
      .check(
        z.minLength(1, says('request.sources')),
        z.maxLength(joinedAtMost, says('request.sources')),
      ),
    edit: z.discriminatedUnion(
      'operation',
      [
        orders.trim,
        orders.join,
        orders.mute,
        orders.loop,
        orders.crop,
        orders.frame,
        orders.animation,
      ],
      { error: says('request.editOperation') },
    ),
  },
  { error: says('errors.sendObject') },
)

export type EditRequest = z.infer<typeof editRequestSchema>
