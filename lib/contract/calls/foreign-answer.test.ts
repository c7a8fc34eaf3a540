import { describe, expect, it } from 'vitest'
import { inEnglish } from '#lib/messages/translate'
import { meaningOf } from './foreign-answer.ts'

describe('P3: an error page that is not ours', () => {
  it.each([500, 501, 505, 507, 599])('P3: %i is named as the proxy’s', (status) => {
    const { code, retryable, detail } = meaningOf({
      status,
      headers: new Headers(),
      isPage: true,
    })
    expect({ code, retryable }).toEqual({ code: 'service_unavailable', retryable: true })
    expect(inEnglish(detail)).toMatch(/^The proxy in front of this studio failed/)
  })

  it('P3: our own server says of every answer which build gave it', () => {
    const headers = new Headers({ 'x-build': 'b1' })
    const { detail } = meaningOf({ status: 500, headers, isPage: true })
    expect(inEnglish(detail)).toMatch(/unexpected answer/)
  })

  it('P3: what is no page may be anything', () => {
    const { detail } = meaningOf({ status: 500, headers: new Headers(), isPage: false })
    expect(inEnglish(detail)).toMatch(/unexpected answer/)
  })
})
