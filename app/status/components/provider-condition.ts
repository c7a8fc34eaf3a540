import type { PartHealth } from '#lib/contract/health-view'
import type { ProviderView } from '#lib/contract/provider-view'
import { formatMoment } from './format-moment.ts'

export interface Condition {
  /** How much it matters; never told by colour alone. */
  tone: 'good' | 'poor' | 'bad' | 'off'
  word: string
  sentence: string
}

type Conditional = Pick<ProviderView, 'isOn' | 'variables' | 'health' | 'circuit' | 'pause'>

const healthConditions: Record<PartHealth['state'], Condition> = {
  ok: { tone: 'good', word: 'OK', sentence: 'It answers and takes videos.' },
  degraded: { tone: 'poor', word: 'Degraded', sentence: 'It answers, but not as it should.' },
  down: { tone: 'bad', word: 'Down', sentence: 'It does not answer.' },
}

/** How a provider is, by what weighs most: off, taken out, left alone, on trial, and then its own health. */
export function providerCondition(provider: Conditional, nowMs: number): Condition {
  const { isOn, health, circuit, pause } = provider
  if (!isOn) return { tone: 'off', word: 'Off', sentence: offSentence(provider) }
  if (pause) {
    const until = `Taken out until ${formatMoment(pause.until, nowMs)}`
    return { tone: 'bad', word: 'Taken out', sentence: `${until}. ${pause.reason}` }
  }
  if (circuit === 'open') return leftAlone
  if (circuit === 'half_open') return onTrial
  return health ? partCondition(health) : unasked
}

/** How one part of the installation is. */
export function partCondition({ state, message }: PartHealth): Condition {
  const condition = healthConditions[state]
  return message ? { ...condition, sentence: message } : condition
}

const leftAlone: Condition = {
  tone: 'bad',
  word: 'Left alone',
  sentence: 'Too many calls failed in a row. It is tried again by itself in a little while.',
}

const onTrial: Condition = {
  tone: 'poor',
  word: 'On trial',
  sentence: 'It was left alone after many failures, and is being tried again with one call.',
}

const unasked: Condition = { tone: 'poor', word: 'Unknown', sentence: 'It has not been asked yet.' }

function offSentence({ variables }: Conditional) {
  const missing = variables.filter(({ isRequired, isSet }) => isRequired && !isSet)
  if (missing.length === 0) return 'It is switched off.'
  const names = missing.map(({ name }) => name)
  const last = names.pop()
  return `Set ${names.length ? `${names.join(', ')} and ${last}` : last} to turn it on.`
}
