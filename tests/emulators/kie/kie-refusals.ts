import type { Answer } from '../emulator.ts'
import type { Fault } from '../faults.ts'

const messages: Record<number, string> = {
  400: 'Your prompt was flagged by Website as violating content policies',
  401: 'Unauthorized – Authentication failed. Please check that your Authorization and Content-Type headers are correctly set.',
  402: 'Insufficient Credits: the account has not enough credits for this operation',
  404: 'Not Found – The requested resource or endpoint does not exist',
  408: 'Upstream gave no result for over 10 minutes',
  422: 'Validation Error – The request parameters failed validation checks',
  429: 'Rate Limited – Your call frequency is too high. Please try again later.',
  451: 'Failed to fetch the image. Kindly verify any access limits set by you or your service provider.',
  455: 'Service Unavailable – System is currently undergoing maintenance',
  500: 'Internal Error, Please try again later.',
  501: 'Failed - Video generation task failed',
  505: 'Feature Disabled – The requested feature is currently disabled',
}

/** A refusal as Kie sends it: a code inside an answer of HTTP 200. */
export function kieRefusal(code: number, msg = messages[code] ?? 'Error', retryAfter?: number) {
  const answer: Answer = { json: { code, msg, data: null } }
  return retryAfter === undefined
    ? answer
    : { ...answer, headers: { 'retry-after': String(retryAfter) } }
}

/** What Kie answers to a submit that a fault refuses. Its "not available" is 455. */
export function kieRefusalOfFault(fault: Fault, retryAfter: number | undefined): Answer {
  switch (fault) {
    case 'policy':
      return kieRefusal(400)
    case 'retired':
      return kieRefusal(500, 'This interface is temporarily paused')
    case '429':
      return kieRefusal(429, undefined, retryAfter)
    case '503':
      return kieRefusal(455, undefined, retryAfter)
    default:
      return kieRefusal(Number(fault))
  }
}

export const fieldMissing = () => kieRefusal(500, 'This field is required')
