import * as assetSchema from '#lib/db/asset-schema'
import * as authSchema from '#lib/db/auth-schema'
import * as canvasSchema from '#lib/db/canvas-schema'
import * as chatSchema from '#lib/db/chat-schema'
import * as generationSchema from '#lib/db/generation-schema'
import * as moneySchema from '#lib/db/money-schema'
import * as noticeSchema from '#lib/db/notice-schema'
import * as peopleSchema from '#lib/db/people-schema'
import * as providerSchema from '#lib/db/provider-schema'
import * as librarySchema from '#lib/db/library-schema'
import * as shareSchema from '#lib/db/share-schema'

/** The tables as the product's own code describes them. */
export const everyTable = {
  ...generationSchema,
  ...assetSchema,
  ...providerSchema,
  ...authSchema,
  ...canvasSchema,
  ...chatSchema,
  ...moneySchema,
  ...noticeSchema,
  ...peopleSchema,
  ...librarySchema,
  ...shareSchema,
}
