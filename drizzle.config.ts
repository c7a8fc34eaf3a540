import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: ['./lib/db/schema.ts', './lib/db/auth-schema.ts', './lib/db/chat-schema.ts'],
  out: './lib/db/migrations',
})
