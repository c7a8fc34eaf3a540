import type { FileView } from '#lib/contract/file-view'

/** What somebody who is asked for help needs to know of a failure, as text to copy. No secrets are in it. */
export function failureDetails({ id, error, modelLabel, createdAt, attempts }: FileView) {
  return [
    `File: ${id}`,
    `Code: ${error?.code ?? 'none'}`,
    `Message: ${error?.message ?? 'none'}`,
    `Model: ${modelLabel}`,
    `Asked for: ${createdAt}`,
    ...attempts.map(({ number, provider, outcome, error, reference }) =>
      [`Attempt ${number}: ${provider}`, outcome, error?.code, reference && `job ${reference}`]
        .filter(Boolean)
        .join(', '),
    ),
  ].join('\n')
}
