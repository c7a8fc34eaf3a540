import type { Sentence } from '#lib/messages/message'

/** A variable of the environment that a provider is set up with. Never its value. */
export interface ProviderVariable {
  name: string
  meaning: Sentence
  isRequired: boolean
  isSet: boolean
}

/** What a provider did here in the last seven days. */
export interface ProviderRecord {
  attempts: number
  completed: number
  failed: number
  /** Attempts another provider took over from. */
  fellBack: number
  unknown: number
  /** Of the attempts that ended, 0 to 1; null before the first. */
  successRate: number | null
  fallbackRate: number | null
  /** Seconds from submit to done. */
  medianSeconds: number | null
  p90Seconds: number | null
  /** Dollars; null for those who may not see it. */
  spentUsd: number | null
  meanUsd: number | null
}

/** A provider as the settings and the status page show it. */
export interface ProviderView {
  id: string
  label: string
  /** Where the owner of the account sees what was spent, and tops it up; null where nothing costs. */
  billingUrl: string | null
  isOn: boolean
  variables: ProviderVariable[]
  /** Null where it is off. */
  health: {
    state: 'ok' | 'degraded' | 'down'
    message?: Sentence
    credits?: { left: number; unit: string }
  } | null
  circuit: 'closed' | 'open' | 'half_open'
  /** Not called until then, and why; null where it is in no cooldown. */
  cooldown: { until: string; reason: Sentence } | null
  /** The former name of `cooldown`, for programs that read it. */
  pause?: ProviderView['cooldown']
  lastError: { at: string; code: string; message: Sentence } | null
  /** Whether it calls a webhook when a video is done, or is only polled. */
  webhooks: 'on' | 'polling only'
  /** The former name of `webhooks`, for programs that read it. */
  callbacks?: ProviderView['webhooks']
  models: string[]
  record: ProviderRecord
}

/** `GET /api/providers`. */
export interface ProvidersAnswer {
  providers: ProviderView[]
  /** Why webhooks are off here; null where they are on for providers that support them. */
  pollingOnlyReason: Sentence | null
  /** Whether the reader may check a provider, and sees what it costs and what went wrong there. */
  isWhole?: boolean
  /** Videos whose every step has thrown for a day: each waits for "Check now". */
  parked: number
}

export function isProvidersAnswer(value: unknown): value is ProvidersAnswer {
  return Array.isArray((value as ProvidersAnswer | null)?.providers)
}

export interface PartHealth {
  state: 'ok' | 'degraded' | 'down'
  message?: Sentence
}

/** The figures are there where storage is not ok. */
export interface StorageHealth extends PartHealth {
  /** Null where the file system does not tell. */
  freeBytes?: number | null
  /** Finished videos that cannot be saved yet, 1,000 at most. */
  waiting?: number
}

/** `GET /health`: 200 while videos can be made and delivered, 503 with the reason while they cannot. */
export interface HealthView {
  status: 'ok' | 'degraded' | 'down'
  version: string
  database: PartHealth
  queue: PartHealth
  storage: StorageHealth
  /** Of those that are switched on; the record covers seven days. */
  providers: Record<string, PartHealth & { record: ProviderRecord }>
  /** Who may use what costs money here, and why. */
  access: { mode: 'open' | 'members'; reason: Sentence }
  /** What is set in a way that may cost the operator money; for those who look after the installation only. */
  warnings?: Sentence[]
  /** Whether providers call webhooks when a video is done, or are only polled, and why. */
  webhooks: Sentence
  /** The former name of `webhooks`, for programs that read it. */
  callbacks?: Sentence
}
