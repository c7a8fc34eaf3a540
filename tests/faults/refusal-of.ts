import { aProviderError } from '../support/generations/scripted-provider.ts'
import type { createHangs } from './hangs.ts'
import type { SubmitWord } from './money/money-plan.ts'

/** Says no to a submit in the word's own way; never resolves. */
export function refusalOf(word: SubmitWord, hang: ReturnType<typeof createHangs>): Promise<never> {
  switch (word) {
    case 'killed before the job':
      return hang()
    case 'refused late':
      return hang<never>(() => {
        throw aProviderError()
      })
    case 'lost without a job':
      return Promise.reject(new Error('socket hang up'))
    case 'refused for good':
      return Promise.reject(aProviderError({ retryable: false }, 'invalid_input'))
    case 'refused for its content':
      return Promise.reject(aProviderError({ retryable: false }, 'content_policy'))
    case 'no credits':
      return Promise.reject(aProviderError({ retryable: false }, 'insufficient_credits'))
    case 'rate limited':
      return Promise.reject(aProviderError({ retryAfterSeconds: 40 }, 'rate_limited'))
    default:
      return Promise.reject(aProviderError())
  }
}
