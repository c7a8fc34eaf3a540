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
  ],
  out: './lib/db/migrations',
})
