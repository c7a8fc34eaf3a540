import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './lib/db/generation-schema.ts',
    './lib/db/asset-schema.ts',
    './lib/db/provider-schema.ts',
    './lib/db/auth-schema.ts',
    './lib/db/chat-schema.ts',
    './lib/db/people-schema.ts',
    './lib/db/money-schema.ts',
    './lib/db/notice-schema.ts',
    './lib/db/share-schema.ts',
    './lib/db/library-schema.ts',
    './lib/db/canvas-schema.ts',
  ],
  out: './lib/db/migrations',
})
