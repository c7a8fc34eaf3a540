import { z } from 'zod'
import { attemptOutcomes } from '../file-view.ts'
import { organizationRoles } from '../people/organization.ts'
import { means, momentSchema } from './sentence.ts'

const usd = z.number().meta(means('api.fields.usd'))
const billingSchema = z.enum(['off', 'credits'])

export const accountSchema = z
  .object({
    user: z
      .object({
        id: z.string(),
        name: z.string(),
        email: z.string(),
        role: z.enum(['owner', 'admin', 'user']),
        hasPassword: z.boolean(),
        hasOidc: z.boolean(),
        twoFactorEnabled: z.boolean(),
        passkeys: z.int().meta(means('api.fields.passkeys')),
      })
      .nullable()
      .meta(means('api.fields.user')),
    access: z.enum(['open', 'members']).meta(means('api.fields.access')),
    signUp: z.enum(['invite', 'open', 'off']),
    ways: z.object({
      password: z.literal(true),
      passkey: z.boolean(),
      oidc: z
        .object({ id: z.string(), label: z.string() })
        .nullable()
        .meta(means('api.fields.oidc')),
    }),
    needsSetup: z.boolean(),
    canMailReset: z.boolean(),
    active: z
      .object({
        kind: z.enum(['user', 'organization']),
        id: z.string().nullable().meta(means('api.fields.activeId')),
        name: z.string(),
      })
      .meta(means('api.fields.active')),
    organizations: z.array(
      z.object({ id: z.string(), name: z.string(), role: z.enum(organizationRoles) }),
    ),
    billing: billingSchema,
    warnings: z.array(z.string()).meta(means('api.fields.warnings')),
    balance: z
      .object({ availableUsd: usd, heldUsd: usd })
      .nullable()
      .meta(means('api.fields.balance')),
  })
  .meta({ id: 'Account' })

const entrySchema = z
  .object({
    fileId: z.string(),
    model: z.string(),
    modelLabel: z.string(),
    prompt: z.string().nullable().meta(means('api.fields.entryPrompt')),
    state: z.enum(['held', 'uncertain', 'settled']),
    heldUsd: usd,
    chargedUsd: z.number().nullable().meta(means('api.fields.chargedUsd')),
    returnedUsd: z.number().nullable().meta(means('api.fields.returnedUsd')),
    ownUsd: z.number().meta(means('api.fields.ownUsd')),
    reason: z.string(),
    userId: z.string(),
    keyId: z.string().nullable().meta(means('api.fields.keyId')),
    attempts: z.array(
      z.object({
        number: z.int().meta(means('api.fields.attemptNumber')),
        provider: z.string(),
        outcome: z.enum(attemptOutcomes),
        reason: z.string(),
        costUsd: z.number().nullable().meta(means('api.fields.costUsd')),
        startedAt: momentSchema,
        endedAt: momentSchema.nullable().meta(means('api.fields.attemptEndedAt')),
      }),
    ),
    createdAt: momentSchema,
    settledAt: momentSchema.nullable().meta(means('api.fields.settledAt')),
  })
  .meta({ id: 'UsageEntry' })

export const usageSchema = z
  .object({
    billing: billingSchema,
    balance: z.object({ availableUsd: usd, heldUsd: usd, spentUsd: usd }),
    takesPayments: z.boolean(),
    limits: z.array(
      z.object({
        scope: z.string(),
        period: z.enum(['day', 'month']),
        limitUsd: usd,
        spentUsd: usd,
        resetsAt: momentSchema,
      }),
    ),
    days: z.array(
      z.object({
        day: z.string().meta(means('api.fields.day')),
        model: z.string(),
        modelLabel: z.string(),
        usd: z.number().meta(means('api.fields.dayUsd')),
        videos: z.int().meta(means('api.fields.count')),
      }),
    ),
    credits: z.array(
      z.object({
        kind: z.enum(['granted', 'topped_up', 'refunded', 'adopted']),
        usd: z.number().meta(means('api.fields.creditUsd')),
        note: z.string().nullable().meta(means('api.fields.note')),
        at: momentSchema,
      }),
    ),
    entries: z.array(entrySchema),
    nextCursor: z.string().nullable().meta(means('api.fields.nextCursor')),
  })
  .meta({ id: 'Usage' })

const topUpSchema = z
  .object({
    id: z.string(),
    usd,
    refundedUsd: usd,
    state: z.enum(['open', 'paid', 'expired', 'failed']),
    createdAt: momentSchema,
    paidAt: momentSchema.nullable().meta(means('api.fields.paidAt')),
  })
  .meta({ id: 'TopUp' })

export const topUpsSchema = z.object({ topUps: z.array(topUpSchema) }).meta({ id: 'TopUps' })
