import { z } from 'zod'
import { promptMaxLength, seedMax } from '#lib/contract/generate-video-request'
import { resolutions } from '#lib/contract/video-format'

const imageId = z.string().regex(/^image_[0-9a-z]{24}$/)

const fileId = z
  .string()
  .regex(/^file_[0-9a-z]{24}$/)
  .describe('A fileId exactly as another tool gave it.')

// Models spell out null for what they leave out, so every optional field takes it.
export const generateVideoSchema = z.object({
  prompt: z
    .string()
    .trim()
    .min(1)
    .max(promptMaxLength)
    .describe('The whole scene in one text, in the language of the user.'),
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
  fromFileId: fileId
    .nullish()
    .describe('The video this is a new version of; what you leave out is taken from it.'),
  image: imageId
    .nullish()
    .describe(
      'The id of an image the user attached to a message of this chat; the video begins with it. Leave aspectRatio out with it, unless the user names a format.',
    ),
})

export const listVideosSchema = z.object({
  scope: z
    .enum(['chat', 'library'])
    .describe('chat: the videos of this conversation; library: all videos of the user.'),
  query: z.string().max(200).nullish().describe('Words to be found in the prompt.'),
})

export const oneVideoSchema = z.object({ fileId })
