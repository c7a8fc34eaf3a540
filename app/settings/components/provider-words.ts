import type { ProviderView } from '#lib/contract/provider-view'
import { formatMoment } from '../../status/components/format-moment.ts'

export const callbackWords: Record<ProviderView['callbacks'], string> = {
  on: 'On: it knocks when a video is done, and is asked all the same.',
  'polling only': 'Polling only: it is asked until a video is done.',
}

const circuitWords: Record<ProviderView['circuit'], string> = {
  closed: 'Yes, as usual.',
  open: 'No, left alone for now.',
  half_open: 'On trial, one call at a time.',
}

/** Whether videos are sent to a provider that is on. */
export function usageWords({ circuit, pause }: ProviderView, nowMs: number) {
  if (pause) return `No, taken out until ${formatMoment(pause.until, nowMs)}.`
  return circuitWords[circuit]
}

/** `1,240 credits`, `$18.20`: what is left on the account. */
export function creditWords({ left, unit }: { left: number; unit: string }) {
  if (unit === 'USD' || unit === '$') return `$${left.toFixed(2)}`
  return `${left.toLocaleString('en', { maximumFractionDigits: 2 })} ${unit}`
}
