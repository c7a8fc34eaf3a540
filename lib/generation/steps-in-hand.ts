import { processWide } from '../process-wide.ts'

/** The steps that this process takes right now, whoever asked for them. */
export function stepsInHand() {
  return processWide('steps in hand', () => new Set<Promise<unknown>>())
}

/** Counts a step among those in hand until it is over. */
export async function inHand<T>(step: Promise<T>): Promise<T> {
  stepsInHand().add(step)
  try {
    return await step
  } finally {
    stepsInHand().delete(step)
  }
}
