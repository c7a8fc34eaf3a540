import { z } from 'zod'
import { shareDaysAtMost, sharePasswordMaxLength } from '../people/shares.ts'
import { means, momentSchema } from './sentence.ts'

/** What `POST /api/file/<fileId>/shares` takes. */
export const shareWishSchema = z
  .strictObject({
    withPrompt: z.boolean().optional().meta(means('api.fields.shareWithPrompt')),
    mayDownload: z.boolean().optional().meta(means('api.fields.shareMayDownload')),
    expiresInDays: z
      .int()
      .min(1)
      .max(shareDaysAtMost)
      .nullish()
      .meta(means('api.fields.shareExpiresInDays')),
    password: z
      .string()
      .min(1)
      .max(sharePasswordMaxLength)
      .nullish()
      .meta(means('api.fields.sharePassword')),
  })
  .meta({ id: 'ShareWish' })

export const shareSchema = z
  .object({
    token: z.string(),
    url: z.string().meta(means('api.fields.shareUrl')),
    withPrompt: z.boolean(),
    mayDownload: z.boolean(),
    hasPassword: z.boolean(),
    createdAt: momentSchema,
    expiresAt: momentSchema.nullable().meta(means('api.fields.shareExpiresAt')),
  })
  .meta({ id: 'Share' })

export const sharesSchema = z.object({ shares: z.array(shareSchema) }).meta({ id: 'Shares' })
