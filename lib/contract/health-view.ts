import type { ProviderRecord } from './provider-view.ts'

export interface PartHealth {
  state: 'ok' | 'degraded' | 'down'
  message?: string
}

/** `GET /health`: 200 while videos can be made and delivered, 503 with the reason while they cannot. */
export interface HealthView {
  status: 'ok' | 'degraded' | 'down'
  version: string
  database: PartHealth
  queue: PartHealth
  storage: PartHealth
  /** Of those that are switched on; the record covers seven days. */
  providers: Record<string, PartHealth & { record: ProviderRecord }>
  /** Whether providers knock when a video is done, or are only asked, and why. */
  callbacks: string
}
