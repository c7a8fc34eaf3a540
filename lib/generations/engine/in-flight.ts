import { processWide } from '../../process-wide.ts'

/** The steps that this process takes right now, whatever asked for them. */
export function stepsInFlight() {
  return processWide('steps in flight', () => new Set<Promise<unknown>>())
}

/** Counts a step among those in flight until it is over. */
export async function trackInFlight<T>(step: Promise<T>): Promise<T> {
  stepsInFlight().add(step)
  try {
    return await step
  } finally {
    stepsInFlight().delete(step)
  }
}
