/** How long until the next look: 10 s, growing by 1.2 to 60 s. */
export function pollDelayMs(checksSoFar: number) {
  return Math.min(10_000 * 1.2 ** checksSoFar, 60_000)
}

/** How long until the next look at a job that is past its deadline. */
export const delayedLookMs = 5 * 60_000

/** How long until the next try after failures in a row: 1 s doubling to 30 s, the last quarter left to chance. */
export function retryDelayMs(failuresSoFar: number, random: () => number = Math.random) {
  const full = Math.min(1_000 * 2 ** failuresSoFar, 30_000)
  return full * (0.75 + 0.25 * random())
}

/** How long until a link is asked for again that led nowhere: as long again as it has led nowhere, 1 s to 30 min. */
export function linkDelayMs(soFarMs: number) {
  return Math.min(Math.max(1_000, soFarMs), 30 * 60_000)
}

/** Longer than this no generation waits for a provider while another can step in. */
export const worthWaitingMs = 5_000

/** How long until a step is taken again that throws: 5 s doubling to 10 minutes. */
export function crashDelayMs(failuresSoFar: number) {
  return Math.min(5_000 * 2 ** Math.min(failuresSoFar, 10), 10 * 60_000)
}

/** How long until something is tried again that must succeed in the end: 1 s doubling to 5 minutes. */
export function patientDelayMs(failuresSoFar: number, random: () => number = Math.random) {
  const full = Math.min(1_000 * 2 ** Math.min(failuresSoFar, 10), 5 * 60_000)
  return full * (0.75 + 0.25 * random())
}
