import { isAboutContent, jobFailed } from '../google/google-error.ts'
import { ProviderError } from '../provider-error.ts'

export const geminiLabel = 'Google Gemini'

/** The SDK did not take the request, so nothing was sent. */
export function requestRefused(cause: unknown) {
  return new ProviderError('invalid_input', {
    jobMade: 'no_job',
    retryable: false,
    userMessage: `${geminiLabel} does not accept these settings. Change them.`,
    logMessage: `${geminiLabel}: the SDK refused: ${String(cause).slice(0, 500)}`,
    cause,
  })
}

/** Neither dialect knows the model, so nothing was sent. */
export function modelUnknown(model: string) {
  return new ProviderError('model_retired', {
    jobMade: 'no_job',
    retryable: false,
    userMessage: `${geminiLabel} does not offer this model. Choose another one.`,
    logMessage: `${geminiLabel}: no dialect for the model ${model}`,
  })
}

/**
 * An interaction that ended in `failed`, `incomplete`, `requires_action`, `budget_exceeded` or
 * without a video.
 */
export function interactionFailed(status: string, said: string) {
  const logged = `${status}: ${said}`
  if (status === 'budget_exceeded') return jobFailed(geminiLabel, logged, 'insufficient_credits')
  return jobFailed(geminiLabel, logged, isAboutContent(said) ? 'content_policy' : undefined)
}

/** Canceled, by us or by somebody else. */
export function interactionCanceled() {
  return new ProviderError('generation_failed', {
    jobMade: 'job_made',
    retryable: false,
    userMessage: 'This video was canceled at the provider.',
    logMessage: `${geminiLabel}: the interaction was canceled`,
  })
}

/**
 * The job had its video inside when it was looked at, and now has not. Looking again settles it.
 */
export function videoNotThere() {
  return new ProviderError('provider_unavailable', {
    jobMade: 'job_made',
    retryable: true,
    userMessage: `${geminiLabel} does not hand out the finished video right now.`,
    logMessage: `${geminiLabel}: no video inside a finished interaction`,
  })
}
