import { type Sentence, message } from '#lib/messages/message'
import { clsx } from 'clsx'
import type { PartHealth, ProviderView } from '#lib/contract/provider-view'

interface Condition {
  /** How serious it is; never shown by colour alone. */
  tone: 'good' | 'poor' | 'bad' | 'off'
  word: string
  sentence: Sentence
}

type Conditional = Pick<ProviderView, 'isOn' | 'variables' | 'health' | 'circuit' | 'pause'>

const healthConditions: Record<PartHealth['state'], Condition> = {
  ok: { tone: 'good', word: 'OK', sentence: 'It answers and takes videos.' },
  degraded: { tone: 'poor', word: 'Degraded', sentence: 'It answers, but not as it should.' },
  down: { tone: 'bad', word: 'Down', sentence: 'It does not answer.' },
}

/** The condition of a provider, by what matters most: off, in a cooldown, circuit open, on trial, then its own health. */
export function providerCondition(provider: Conditional): Condition {
  const { isOn, health, circuit, pause } = provider
  if (!isOn) return { tone: 'off', word: 'Off', sentence: offSentence(provider) }
  if (pause) {
    const sentence = message('status.paused', {
      until: { moment: pause.until },
      why: pause.reason,
    })
    return { tone: 'bad', word: 'Paused', sentence }
  }
  if (circuit === 'open') return coolingDown
  if (circuit === 'half_open') return onTrial
  return health ? partCondition(health) : unasked
}

/** The condition of one part of the installation. */
export function partCondition({ state, message: says }: PartHealth): Condition {
  const condition = healthConditions[state]
  return says ? { ...condition, sentence: says } : condition
}

const coolingDown: Condition = {
  tone: 'bad',
  word: 'Cooling down',
  sentence: 'Too many calls failed in a row. It is tried again by itself in a little while.',
}

const onTrial: Condition = {
  tone: 'poor',
  word: 'On trial',
  sentence: 'Paused after repeated failures. Retrying with one request.',
}

const unasked: Condition = { tone: 'poor', word: 'Unknown', sentence: 'It has not been asked yet.' }

function offSentence({ variables }: Conditional) {
  const missing = variables.filter(({ isRequired, isSet }) => isRequired && !isSet)
  if (missing.length === 0) return 'It is switched off.'
  const names = missing.map(({ name }) => name)
  const last = names.pop()
  return `Set ${names.length ? `${names.join(', ')} and ${last}` : last} to turn it on.`
}

/** A condition as a mark and a word; the mark differs by shape, not only by colour. */
export function ConditionMark({ tone, word }: Pick<Condition, 'tone' | 'word'>) {
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <span
        aria-hidden="true"
        className={clsx('size-2 shrink-0 forced-color-adjust-none', markStyles[tone])}
      />
      <span>{word}</span>
    </span>
  )
}

const markStyles: Record<Condition['tone'], string> = {
  good: 'rounded-full bg-ink',
  poor: 'rounded-full border-2 border-ink',
  bad: 'rotate-45 bg-signal',
  off: 'bg-[linear-gradient(var(--color-edge)_0_0)] bg-size-[100%_1px] bg-center bg-no-repeat',
}
