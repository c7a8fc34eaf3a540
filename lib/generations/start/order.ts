import type { $ZodIssue } from 'zod/v4/core'
import { faultOf } from '#lib/contract/generate-video-request'
import { message } from '#lib/messages/message'
import type { FieldFault } from '../../errors.ts'
import { findGeneration } from '../queries.ts'
import { faulty } from './request.ts'

// What orders on finished media have in common: edits, and what a provider makes of them.

interface OrderSchema<Order> {
  safeParse(
    body: unknown,
  ): { success: true; data: Order } | { success: false; error: { issues: readonly $ZodIssue[] } }
}

/** An order as it came in. Throws with every faulty field named. */
export function readOrder<Order>(schema: OrderSchema<Order>, body: unknown): Order {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw faulty(
    parsed.error.issues.flatMap((issue): FieldFault[] =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((name) => ({
            field: [...issue.path, name].join('.'),
            message: message('request.unknown_setting'),
          }))
        : [{ field: issue.path.join('.') || 'body', message: faultOf(issue) }],
    ),
  )
}

/** Whether a key stands for this very order. */
export async function isOrder(settingsHash: string, [earlier]: readonly string[]) {
  return earlier !== undefined && (await findGeneration(earlier))?.settingsHash === settingsHash
}
