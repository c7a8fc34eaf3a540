import { expect, test } from 'vitest'
import { deliveryReportSchema } from './delivery-report.ts'

test('F15: a report of a delivery holds no time of the browser: the server takes its own', () => {
  expect(deliveryReportSchema.safeParse({ by: 'sse' }).success).toBe(true)
  for (const time of [{ at: 1 }, { afterMs: -3_600_000 }, { deliveredAt: '2026-11-27T12:00:00Z' }])
    expect(deliveryReportSchema.safeParse({ by: 'sse', ...time }).success).toBe(false)
})
