import type { GenerationState } from './file-view.ts'

/** A change of a video's state, at the provider it was with. `at` is ISO 8601 in UTC. */
export interface TimelineEvent {
  state: GenerationState
  provider: string
  at: string
}

/** `GET /api/file/<id>/timeline`: every change of state, the first one first. */
export interface TimelineAnswer {
  events: TimelineEvent[]
}

export function isTimelineAnswer(value: unknown): value is TimelineAnswer {
  return Array.isArray((value as TimelineAnswer | null)?.events)
}
