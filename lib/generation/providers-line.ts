import { providers } from '../ai/providers/index.ts'
import { pollingOnlyReason } from './read-providers.ts'

/** Which providers are on, and whether they knock when a video is done; one line for who starts the server. */
export function providersLine() {
  const labels = [...providers().values()].map(({ label }) => label).join(', ')
  return `Providers: ${labels}; ${pollingOnlyReason() ? 'polling only' : 'callbacks on'}`
}
