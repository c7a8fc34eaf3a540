import { describe, expect, it } from 'vitest'
import type { FileView } from '#lib/contract/file-view'
import { aFileView } from '../../../tests/support/generations/file-view.ts'
import type { Locale } from '#lib/messages/locales'
import type { Sentence } from '#lib/messages/message'
import { sayIn } from '#lib/messages/translate'
import {
  costLabel,
  deliveryLabel,
  paymentLabel,
  statusLabel,
  statusMessage,
} from './status-label.ts'

const says = (label: Sentence | null, locale: Locale = 'en') => label && sayIn(locale, label)

const view = (part: Partial<FileView>) => part as FileView
const cost = (
  estimatedUsd: number,
  actualUsd: number | null,
  part: Partial<FileView['cost']> = {},
) =>
  view({
    cost: {
      ...aFileView().cost,
      estimatedUsd,
      upToUsd: estimatedUsd,
      providerUsd: estimatedUsd,
      actualUsd,
      isReported: true,
      ...part,
    },
  })

describe('statusLabel', () => {
  it('gives the place in the queue', () => {
    expect(says(statusLabel(view({ state: 'queued', queuePlace: 1 })))).toBe('Next in line')
    expect(says(statusLabel(view({ state: 'queued', queuePlace: 2 })))).toBe('2nd in line')
    expect(says(statusLabel(view({ state: 'queued', queuePlace: null })))).toBe('Waiting to start')
    const places = [3, 11, 21, 22, 112].map((queuePlace) => view({ state: 'queued', queuePlace }))
    expect(places.map((one) => says(statusLabel(one)))).toEqual([
      '3rd in line',
      '11th in line',
      '21st in line',
      '22nd in line',
      '112th in line',
    ])
    expect(says(statusLabel(places[0]!), 'ru')).toBe('3-е в очереди')
    expect(says(statusLabel(view({ state: 'queued', queuePlace: 200 })))).toBe(
      'More than 199 ahead in line',
    )
  })

  it('gives how long a ready video took, without its time in the queue', () => {
    const ready = view({
      state: 'completed',
      createdAt: '2025-12-31T23:59:00Z',
      startedAt: '2026-01-01T00:00:00Z',
      finishedAt: '2026-01-01T00:00:41Z',
    })
    expect(says(statusLabel(ready))).toBe('Ready in 41 s')
    expect(says(statusLabel(ready), 'ru')).toBe('Готово за 41\u00a0с')
  })

  it('names the provider, but not the local renderer', () => {
    const waiting = { state: 'waiting', providerLabel: 'Kie.ai' } as const
    expect(says(statusLabel(view({ ...waiting, isDemo: false })))).toBe('Rendering at Kie.ai')
    expect(says(statusLabel(view({ ...waiting, isDemo: true })))).toBe('Rendering')
  })

  it('says that a start was not answered', () => {
    expect(says(statusLabel(view({ state: 'submit_unknown' })))).toBe(
      'No response from the provider',
    )
  })
})

describe('deliveryLabel', () => {
  it('names the channel and its delay', () => {
    expect(says(deliveryLabel(view({ deliveredBy: 'sse', deliveredAfterMs: 210 })))).toBe(
      'Delivered by stream, 0.2 s',
    )
    expect(says(deliveryLabel(view({ deliveredBy: 'poll', deliveredAfterMs: null })))).toBe(
      'Delivered by poll',
    )
    expect(says(deliveryLabel(view({ deliveredBy: null })))).toBeNull()
  })
})

describe('costLabel', () => {
  it('compares the charge with the quote', () => {
    expect(says(costLabel(cost(0, 0)))).toBe('Free')
    expect(says(costLabel(cost(0.4, 0.4)))).toBe('Charged $0.40, as quoted')
    expect(says(costLabel(cost(0.4, 0.42)))).toBe('Charged $0.42, quoted $0.40')
    expect(says(costLabel(cost(0.4, 1.2, { upToUsd: 1.2 })))).toBe(
      'Charged $1.20, quoted up to $1.20',
    )
    expect(says(costLabel(cost(0.4, null)))).toBe('Quoted $0.40')
    expect(says(costLabel(cost(0.4, 0)))).toBe('Not charged, quoted $0.40')
    expect(says(costLabel(cost(0.4, 0.4)), 'ru')).toBe('Списано $0,40, как ожидалось')
  })

  it('names the catalogue where the provider reports no charge', () => {
    expect(says(costLabel(cost(0.4, 0.4, { isReported: false })))).toBe(
      'About $0.40 (catalogue price)',
    )
  })
})

describe('paymentLabel', () => {
  const paid = (heldUsd: number | null, chargedUsd: number | null, part: Partial<FileView> = {}) =>
    aFileView({
      cost: {
        ...aFileView().cost,
        heldUsd,
        chargedUsd,
        returnedUsd: chargedUsd === null ? null : (heldUsd ?? 0) - chargedUsd,
      },
      ...part,
    })
  const running = { status: 'processing', state: 'waiting' } as const

  it.each<[FileView, string | null, string | null]>([
    [paid(null, null), null, null],
    [paid(1.2, null, running), '$1.20 held', 'Удержано $1,20'],
    [
      paid(1.2, null, { status: 'canceled', state: 'canceled' }),
      '$1.20 held until its cost is known',
      'Удержано $1,20, пока стоимость неизвестна',
    ],
    [paid(1.2, 1.2), 'Charged $1.20', 'Списано $1,20'],
    [paid(1.25, 0.75), 'Charged $0.75, returned $0.50', 'Списано $0,75, возвращено $0,50'],
    [paid(1.2, 0), 'Nothing charged, $1.20 returned', 'Ничего не списано, возвращено $1,20'],
  ])('tells what is held, charged and returned (%#)', (one, english, russian) => {
    expect(says(paymentLabel(one))).toBe(english)
    expect(says(paymentLabel(one), 'ru')).toBe(russian)
  })

  it('leaves open what the provider may have billed where its owner pays nothing', () => {
    const { cost: settled } = paid(1.2, 0)
    const view = aFileView({ cost: { ...settled, estimatedUsd: 0.4 } })
    expect(says(costLabel(view))).toBe('Not known')
  })

  it('says what the studio pays of the cost', () => {
    const of = (actualUsd: number, chargedUsd: number) =>
      cost(0.5, actualUsd, { heldUsd: 1, chargedUsd, returnedUsd: 1 - chargedUsd })
    expect(says(costLabel(of(0.5, 0)))).toBe('$0.50, paid by the studio')
    expect(says(costLabel(of(1.25, 1)))).toBe('$1.25, of which the studio pays $0.25')
    expect(says(costLabel(of(0.5, 0.5)))).toBe('Charged $0.50, as quoted')
    expect(says(costLabel(of(1.25, 1)), 'ru')).toBe('$1,25, из них $0,25 — за счёт студии')
  })

  it('says nothing where an older server tells nothing of it', () => {
    const { heldUsd: _, chargedUsd: __, returnedUsd: ___, ...older } = paid(1.2, 0).cost
    expect(paymentLabel(aFileView({ cost: older as FileView['cost'] }))).toBeNull()
  })
})

describe('statusMessage', () => {
  const messageOf = (part: Partial<FileView>) => says(statusMessage(aFileView(part)))

  it('is the message of the provider', () => {
    const running = { status: 'processing', state: 'waiting' } as const
    expect(messageOf({ ...running, ...said('Waiting in line at Kie.ai') })).toBe(
      'Waiting in line at Kie.ai',
    )
    expect(messageOf(running)).toBeNull()
  })

  it('is in the language of the reader; of an older server, as it was sent', () => {
    const messageRef = { key: 'wait.provider_off', values: { provider: 'Kie.ai' } } as const
    const part = { state: 'waiting', message: 'Kie.ai is off.', messageRef } as const
    expect(says(statusMessage(aFileView(part)), 'ru')).toBe('Kie.ai отключён на этом сервере.')
    const { messageRef: _, ...older } = aFileView(part)
    expect(says(statusMessage(older), 'ru')).toBe('Kie.ai is off.')
  })

  it('adds that a refused video is retried, unless it is being canceled', () => {
    const busy = 'Kie.ai is taking no more requests right now.'
    const wait = { code: 'retry', errorCode: 'rate_limited', says: busy } as const
    expect(messageOf({ ...said(busy), wait })).toBe(`${busy} Retrying automatically.`)
    expect(messageOf({ ...said(busy), wait, canCancel: false })).toBe(busy)
    expect(messageOf({ ...said('Canceling'), wait: { code: 'canceling' } })).toBe('Canceling')
  })

  it('does not repeat the status', () => {
    const saving = { status: 'processing', state: 'storing', wait: { code: 'saving' } } as const
    expect(messageOf({ ...saving, ...said('Saving') })).toBeNull()
    const down = { ...saving, wait: { code: 'storage_down' } } as const
    expect(messageOf({ ...down, ...said('Trying again.') })).toBe('Trying again.')
  })

  it('keeps the note of a finished video, and is null for a failed one', () => {
    const note = 'Kie.ai made no 1080p version of it; this is 720p.'
    expect(messageOf({ status: 'completed', state: 'completed', ...said(note) })).toBe(note)
    expect(messageOf({ status: 'failed', state: 'failed', ...said(note) })).toBeNull()
  })
})

/** What the server sends with a sentence. */
function said(sentence: string) {
  return { message: sentence, messageRef: sentence }
}
