import { z } from 'zod'
import { imageSizes } from '#lib/contract/model-view'
import { seedMax } from '#lib/contract/request/request-fields'
import { imageIdSchema, promptSchema } from './generate-video.ts'
import { fileIdSchema } from './videos.ts'

const referencesAtMost = 4

// Models spell out null for what they leave out, so every optional field takes it.
export const generateImageSchema = z.object({
  prompt: promptSchema,
  aspectRatio: z.enum(['landscape', 'portrait', 'square']).nullish(),
  size: z.enum(imageSizes).nullish().describe('About 1, 4 or 16 megapixels.'),
  model: z.string().max(100).nullish().describe('Leave out unless the user names one.'),
  seed: z.number().int().min(0).max(seedMax).nullish(),
  fromFileId: fileIdSchema
    .nullish()
    .describe('The image this is a new version of; what you leave out is taken from it.'),
  references: z
    .array(imageIdSchema)
    .max(referencesAtMost)
    .nullish()
    .describe(
      'Ids of images the user attached, or fileIds of images made here: likenesses are taken from them, or the prompt changes them.',
    ),
})
