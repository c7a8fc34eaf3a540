import type { FileView } from '#lib/contract/file-view'
import { formatUsd } from './format-figures.ts'

/** What stopping a video costs, said before the click. */
export function cancelWords({ cost: { providerUsd }, isBilledAnyway, providerLabel }: FileView) {
  if (!providerUsd || !isBilledAnyway) return 'Canceling costs nothing.'
  return `${providerLabel} bills ${formatUsd(providerUsd)} all the same: it cannot stop a running job.`
}

/** What is thrown away where a video is stopped that is billed anyway. */
export function wasteWords({ state, providerLabel, cost: { providerUsd } }: FileView) {
  if (state === 'submit_unknown')
    return `If ${providerLabel} has started it, it bills ${formatUsd(providerUsd)} all the same, and the video is thrown away.`
  return `${providerLabel} cannot stop a running job. It is billed all the same (${formatUsd(providerUsd)}) and its video is thrown away.`
}

/** What submitting again may cost where nobody knows of the first try. */
export function twiceWords({ providerLabel, cost: { providerUsd } }: FileView) {
  const price = providerUsd ? `, ${formatUsd(providerUsd)} each time` : ''
  return `If ${providerLabel} has taken the first try after all, it makes the video twice and may charge it twice${price}. Only one of the two is kept.`
}
