import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FileView, fileStatuses, isFinal } from '#lib/contract/file-view'
import { aFileView } from '../../tests/support/generations/file-view.ts'
import { newerView } from './newer-view.ts'

/** A life of one file: versions grow by one, the last is final. */
const life = fc
  .record({
    length: fc.integer({ min: 1, max: 12 }),
    end: fc.constantFrom('completed', 'failed', 'canceled'),
  })
  .map(({ length, end }) =>
    Array.from({ length }, (_, index) =>
      aFileView({ version: index + 1, status: index + 1 === length ? end : 'processing' }),
    ),
  )

function fold(views: FileView[]) {
  return views.reduce<FileView | undefined>((known, view) => newerView(known, view), undefined)
}

describe('the version guard', () => {
  test('ends at the newest view, in whatever order and however often views come', () => {
    const arrivals = life.chain((views) =>
      fc
        .array(fc.constantFrom(...views), { maxLength: 40 })
        .map((some) => ({ views, arrivals: some })),
    )
    fc.assert(
      fc.property(arrivals, ({ arrivals: some }) => {
        const newest = Math.max(0, ...some.map((view) => view.version))
        expect(fold(some)?.version ?? 0).toBe(newest)
      }),
    )
  })

  test('never goes back', () => {
    const views = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom(...fileStatuses)),
    )
    fc.assert(
      fc.property(views, (some) => {
        let known: FileView | undefined
        for (const [version, status] of some) {
          const next = newerView(known, aFileView({ version, status }))
          expect(next.version).toBeGreaterThanOrEqual(known?.version ?? 0)
          if (known && isFinal(known) && known.status !== 'failed') expect(isFinal(next)).toBe(true)
          known = next
        }
      }),
    )
  })

  test('keeps the very same object when nothing is new, so that nothing renders again', () => {
    const known = aFileView({ version: 3, status: 'completed' })
    expect(newerView(known, aFileView({ version: 3, status: 'completed' }))).toBe(known)
  })

  test('takes a late success after a failure', () => {
    const late = aFileView({ version: 9, status: 'completed' })
    expect(newerView(aFileView({ version: 8, status: 'failed' }), late)).toBe(late)
  })
})
