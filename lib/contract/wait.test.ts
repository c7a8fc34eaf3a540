import { expect, test } from 'vitest'
import { locales } from '#lib/messages/locales'
import { sayIn } from '#lib/messages/translate'
import { type WaitCode, type WaitReason, waitMessage } from './wait.ts'

const says = 'Kie.ai is busy.'
const providerLabel = 'Kie.ai'
const waits: { [Code in WaitCode]: Extract<WaitReason, { code: Code }> } = {
  provider_cooldown: { code: 'provider_cooldown', errorCode: 'rate_limited', says },
  provider_off: { code: 'provider_off', providerLabel },
  retry: { code: 'retry', errorCode: 'rate_limited', says },
  inputs: { code: 'inputs' },
  earlier_job: { code: 'earlier_job' },
  canceling: { code: 'canceling' },
  provider_says: { code: 'provider_says', says },
  provider_unreachable: { code: 'provider_unreachable', providerLabel },
  provider_refuses: { code: 'provider_refuses', errorCode: 'auth', says },
  job_not_found: { code: 'job_not_found', providerLabel },
  saving: { code: 'saving' },
  link_not_ready: { code: 'link_not_ready', providerLabel },
  storage_down: { code: 'storage_down' },
  storage_full: { code: 'storage_full' },
  parked: { code: 'parked' },
}
const all = [...Object.values(waits), { ...waits.link_not_ready, isFilmBroken: true }]

test.each(locales)('every wait has words in %s', (locale) => {
  for (const wait of all) {
    const words = sayIn(locale, waitMessage(wait))
    expect(words, wait.code).toMatch(/^[^{}_]{5,}$/)
    if ('providerLabel' in wait || 'says' in wait) expect(words, wait.code).toContain('Kie.ai')
  }
})
