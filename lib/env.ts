import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { readBasePath } from '#lib/contract/calls/base-path'
import {
  atLeastOne,
  botToken,
  botTokens,
  controlCharacter,
  dollars,
  encodedCharacters,
  flag,
  flagOff,
  hostNames,
  isReadableAddress,
  origins,
  pathPrefix,
  priceFactor,
  rateLimits,
  size,
  webAddress,
} from './env-values.ts'
import { processWide } from './process-wide.ts'

const envSchema = z.object({
  PORT: z.coerce.number({ error: 'give a port, 0 to 65535' }).int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).default('0.0.0.0'),
  DATA_DIR: z
    .string()
    .min(1)
    .default('.data')
    .superRefine((path, context) => {
      const [character] = controlCharacter.exec(path) ?? []
      const code = character?.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
      if (code) context.addIssue(`take the character U+${code} out of it`)
    })
    .transform((path) => resolve(path)),
  MIN_FREE_SPACE: size.default(200_000_000),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'give an address that begins with postgres://')
    .refine(isReadableAddress, encodedCharacters)
    .optional(),
  BASE_PATH: pathPrefix,
  PUBLIC_URL: webAddress.optional(),
  ALLOWED_HOSTS: hostNames,
  TRUST_PROXY: z.coerce
    .number({ error: 'give the number of proxies before this server, 0 to 10' })
    .int()
    .min(0)
    .max(10)
    .default(0),
  RATE_LIMITS: rateLimits,
  ACCESS: z
    .enum(['auto', 'open', 'members'], { error: 'give auto, open or members' })
    .default('auto'),
  AUTH_SECRET: z.string().min(32, 'give at least 32 characters').optional(),
  SIGN_UP: z
    .enum(['invite', 'open', 'off'], { error: 'give invite, open or off' })
    .default('invite'),
  OIDC_ISSUER: webAddress.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_LABEL: z.string().max(40, 'give at most 40 characters').optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^/]/, 'give an address that begins with smtp:// or smtps://')
    .refine((url) => URL.canParse(url), encodedCharacters)
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*@[^\r\n]*$/, 'give an address, as Studio <studio@example.com>')
    .optional(),
  NOTICES_TO_LOOPBACK: flagOff,
  WORKER: flag,
  GENERATION_CONCURRENCY: z.coerce
    .number({ error: 'give a whole number from 1 to 100' })
    .int()
    .min(1)
    .max(100)
    .default(3),
  UNFINISHED_PER_OWNER: z.coerce
    .number({ error: 'give a whole number from 1 to 10000' })
    .int()
    .min(1)
    .max(10_000)
    .default(20),
  CHAT_BASE_URL: webAddress.optional(),
  CHAT_API_KEY: z.string().optional(),
  CHAT_MODEL: z.string().optional(),
  CHAT_MODEL_SEES_IMAGES: flagOff,
  GOOGLE_GENERATIVE_AI_API_KEY: z.string().optional(),
  CHAT_CONFIRM_ABOVE_USD: z.coerce.number({ error: 'give dollars' }).min(0).default(1),
  CHAT_MESSAGES_A_MINUTE: z.coerce
    .number({ error: 'give a whole number from 1 to 1000' })
    .int()
    .min(1)
    .max(1000)
    .default(20),
  UNUSED_UPLOADS: atLeastOne.default(200),
  UNUSED_UPLOADS_MB: atLeastOne.default(500),
  UNUSED_UPLOADS_TOTAL_MB: atLeastOne.default(20_000),
  IMPORTS: atLeastOne.default(2_000),
  IMPORTS_MB: atLeastOne.default(10_000),
  IMPORTS_TOTAL_MB: atLeastOne.default(200_000),
  BILLING: z.enum(['off', 'credits'], { error: 'give off or credits' }).default('off'),
  PRICE_FACTOR: priceFactor,
  LIMIT_USD_A_DAY: dollars.optional(),
  LIMIT_USD_A_MONTH: dollars.optional(),
  STRIPE_SECRET_KEY: z.string().optional(),
  STRIPE_WEBHOOK_SECRET: z.string().optional(),
  STRIPE_API_URL: webAddress.default('https://api.stripe.com'),
  TELEGRAM_BOT_TOKEN: botToken.optional(),
  TELEGRAM_BOTS: botTokens.optional(),
  TELEGRAM_API_URL: webAddress.default('https://api.telegram.org'),
  KIE_API_KEY: z.string().optional(),
  KIE_BASE_URL: webAddress.default('https://api.kie.ai'),
  KIE_UPLOAD_URL: webAddress.default('https://kieai.redpandaai.co'),
  KIE_WEBHOOK_HMAC_KEY: z.string().optional(),
  GOOGLE_CLOUD_PROJECT: z.string().optional(),
  GOOGLE_CLOUD_LOCATION: z.string().default('us-central1'),
  VERTEX_BASE_URL: webAddress.optional(),
  GEMINI_API_KEY: z.string().optional(),
  GEMINI_BASE_URL: webAddress.optional(),
  SUPERDUPERAI_TOKEN: z.string().optional(),
  SUPERDUPERAI_URL: webAddress.default('https://dev-editor.superduperai.co'),
  OPENJOURNEY_ORIGINS: origins,
  JOBS: z.enum(['database', 'inngest'], { error: 'give database or inngest' }).default('database'),
  INNGEST_SIGNING_KEY: z.string().min(16, 'give at least 16 characters').optional(),
  INNGEST_SIGNING_KEY_FALLBACK: z.string().min(16, 'give at least 16 characters').optional(),
  INNGEST_EVENT_KEY: z.string().optional(),
  INNGEST_BASE_URL: webAddress.optional(),
  INNGEST_OWNER: z
    .string()
    .regex(/@|^org_/, 'give the e-mail of an account, or the id of an organization')
    .optional(),
  METRICS_TOKEN: z.string().min(16, 'give at least 16 characters').optional(),
  // For tests of the screens, no setting for users: every sentence a third longer.
  PHOTOFINISH_STRETCH: z.literal('on', { error: 'give on, in tests only' }).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})
export type Env = z.output<typeof envSchema>

type Source = Record<string, string | undefined>

// Which variables make sense only together. An address alone is harmless.
const together: { name: string; isFaulty(set: Source): boolean; message: string }[] = [
  {
    name: 'CHAT_MODEL',
    isFaulty: (set) =>
      !set.CHAT_MODEL && Boolean(set.CHAT_BASE_URL || set.GOOGLE_GENERATIVE_AI_API_KEY),
    message: 'name the model to ask for at CHAT_BASE_URL, or at Google',
  },
  {
    name: 'CHAT_API_KEY',
    isFaulty: (set) => Boolean(set.CHAT_API_KEY && !set.CHAT_BASE_URL),
    message: 'a key without its address: set CHAT_BASE_URL too, or remove it',
  },
  {
    name: 'PUBLIC_URL',
    isFaulty: ({ PUBLIC_URL, BASE_PATH }) => {
      const path =
        PUBLIC_URL && URL.canParse(PUBLIC_URL) ? readBasePath(new URL(PUBLIC_URL).pathname) : ''
      const base = readBasePath(BASE_PATH)
      return Boolean(base && path !== '' && path !== base)
    },
    message: 'its path is another than BASE_PATH: give both the same, or PUBLIC_URL without a path',
  },
  {
    name: 'OIDC_ISSUER',
    isFaulty: ({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET }) => {
      const given = [OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET].filter(Boolean).length
      return given !== 0 && given !== 3
    },
    message: 'set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, or none of them',
  },
  {
    name: 'SMTP_URL',
    isFaulty: (set) => Boolean(set.SMTP_URL && !set.PUBLIC_URL),
    message: 'links in mails lead to PUBLIC_URL: set it too, or remove SMTP_URL',
  },
  {
    name: 'MAIL_FROM',
    isFaulty: (set) => Boolean(set.SMTP_URL && !set.MAIL_FROM),
    message: 'set the address that mails of SMTP_URL come from',
  },
  {
    name: 'KIE_WEBHOOK_HMAC_KEY',
    isFaulty: (set) => Boolean(set.KIE_WEBHOOK_HMAC_KEY && !set.KIE_API_KEY),
    message: 'nothing to check without Kie.ai: set KIE_API_KEY too, or remove it',
  },
  {
    name: 'STRIPE_SECRET_KEY',
    isFaulty: (set) => Boolean(set.STRIPE_SECRET_KEY) !== Boolean(set.STRIPE_WEBHOOK_SECRET),
    message: 'payments take both: set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET, or neither',
  },
  {
    name: 'JOBS',
    isFaulty: ({ JOBS, INNGEST_SIGNING_KEY, INNGEST_EVENT_KEY }) =>
      JOBS === 'inngest' && !(INNGEST_SIGNING_KEY && INNGEST_EVENT_KEY),
    message:
      'Inngest takes both: set INNGEST_SIGNING_KEY and INNGEST_EVENT_KEY, or JOBS to database',
  },
  {
    name: 'TELEGRAM_BOTS',
    isFaulty: (set) => Boolean(set.TELEGRAM_BOTS && set.TELEGRAM_BOT_TOKEN),
    message: 'name every bot in it, and remove TELEGRAM_BOT_TOKEN; or set that alone',
  },
  {
    name: 'GOOGLE_APPLICATION_CREDENTIALS',
    isFaulty: ({ GOOGLE_CLOUD_PROJECT: project, GOOGLE_APPLICATION_CREDENTIALS: path }) =>
      Boolean(project && path && !isFile(path)),
    message: 'there is no such file: give the path of the account key of GOOGLE_CLOUD_PROJECT',
  },
]

function isFile(path: string) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

// What a variable was called before.
const olderNames = { UNFINISHED_PER_OWNER: 'MAX_UNFINISHED' }

function underNewNames(given: Source): Source {
  const found = Object.entries(olderNames).filter(([, older]) => given[older] !== undefined)
  return Object.fromEntries(found.map(([name, older]) => [name, given[older]]))
}

/** Reads the environment; throws one error that names every fault. Empty variables count as absent. */
export function parseEnv(source: Source): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const present = { ...underNewNames(given), ...given }
  const parsed = envSchema.safeParse(present)
  const faults = [
    ...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    ...together
      .filter(({ isFaulty }) => isFaulty(present))
      .map(({ name, message }) => `${name}: ${message}`),
  ]
  if (parsed.success && faults.length === 0) return withPublicPath(parsed.data)
  const lines = faults.map((fault) => `  ${fault}`)
  throw new Error(`The configuration has ${faults.length} fault(s):\n${lines.join('\n')}`)
}

/** `PUBLIC_URL` may be given with the base path or without: either way it is where users see the studio. */
function withPublicPath(set: Env): Env {
  if (!set.PUBLIC_URL || set.BASE_PATH === '' || new URL(set.PUBLIC_URL).pathname !== '/')
    return set
  return { ...set, PUBLIC_URL: set.PUBLIC_URL + set.BASE_PATH }
}

/** The process's environment, read and checked once. */
export function env(): Env {
  return processWide('env', () => parseEnv(process.env))
}
