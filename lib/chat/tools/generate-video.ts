import { z } from 'zod'
import { plain, seedMax } from '#lib/contract/request/request-fields'
import { promptMaxLength } from '#lib/contract/text/plain-text'
import { withoutReasoning } from '#lib/contract/text/reasoning'
import { resolutions } from '#lib/contract/model-view'
import { fileIdSchema } from './videos.ts'

/** An image of the chat: attached to a message, or made in it. */
export const imageIdSchema = z.string().regex(/^(image|file)_[0-9a-z]{24}$/)

/** The whole scene, as a model gives it. */
export const promptSchema = z
  .string()
  .overwrite(withoutReasoning)
  .check(plain())
  .min(1)
  .max(promptMaxLength)
  .describe('The whole scene in one text, in the language of the user.')

// Models spell out null for what they leave out, so every optional field takes it.
export const generateVideoSchema = z.object({
  prompt: promptSchema,
  aspectRatio: z.enum(['landscape', 'portrait', 'square']).nullish(),
  seconds: z.number().min(1).max(60).nullish().describe('Length; 2 to 10 in most models.'),
  nFrames: z
    .union([z.literal(5), z.literal(10)])
    .nullish()
    .describe('Older way to give the length: 5 or 10 seconds.'),
  length: z
    .enum(['longer', 'shorter'])
    .nullish()
    .describe('With fromFileId: the next length up or down, where the user gives no seconds.'),
  resolution: z.enum(resolutions).nullish(),
  model: z.string().max(100).nullish().describe('Leave out unless the user names one.'),
  seed: z.number().int().min(0).max(seedMax).nullish(),
  fromFileId: fileIdSchema
    .nullish()
    .describe('The video this is a new version of; what you leave out is taken from it.'),
  image: imageIdSchema
    .nullish()
    .describe(
      'The id of an image the user attached to a message of this chat, or the fileId of an image made in it; the video begins with it. Leave aspectRatio out with it, unless the user names a format.',
    ),
})
