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
  providers: Record<string, PartHealth>
  /** Whether providers knock when a video is done, or are only asked, and why. */
  callbacks: string
}
