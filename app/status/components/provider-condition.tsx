import { useSay } from '#lib/messages/use-say'
import { type MessageRef, type Sentence, message } from '#lib/messages/message'
import { clsx } from 'clsx'
import type { PartHealth, ProviderView } from '#lib/contract/provider-view'

interface Condition {
  /** How serious it is; never shown by colour alone. */
  tone: 'good' | 'poor' | 'bad' | 'off'
  word: MessageRef
  sentence: Sentence
}

type Conditional = Pick<ProviderView, 'isOn' | 'variables' | 'health' | 'circuit' | 'cooldown'>

const healthConditions: Record<PartHealth['state'], Condition> = {
  ok: condition('good', 'ok'),
  degraded: condition('poor', 'degraded'),
  down: condition('bad', 'down'),
}

/** The condition of a provider, by what matters most: off, in a cooldown, circuit open, on trial, then its own health. */
export function providerCondition(provider: Conditional): Condition {
  const { isOn, health, circuit, cooldown } = provider
  if (!isOn)
    return { tone: 'off', word: message('status.word_off'), sentence: offSentence(provider) }
  if (cooldown) {
    const sentence = message('status.paused', {
      until: { moment: cooldown.until },
      why: cooldown.reason,
    })
    return { tone: 'bad', word: message('status.word_paused'), sentence }
  }
  if (circuit === 'open') return condition('bad', 'open')
  if (circuit === 'half_open') return condition('poor', 'half_open')
  return health ? partCondition(health) : condition('poor', 'unknown')
}

/** The condition of one part of the installation. */
export function partCondition({ state, message: says }: PartHealth): Condition {
  const known = healthConditions[state]
  return says ? { ...known, sentence: says } : known
}

function condition(
  tone: Condition['tone'],
  state: 'ok' | 'degraded' | 'down' | 'open' | 'half_open' | 'unknown',
): Condition {
  return {
    tone,
    word: message(`status.word_${state}`),
    sentence: message(`status.says_${state}`),
  }
}

function offSentence({ variables }: Conditional) {
  const missing = variables.filter(({ isRequired, isSet }) => isRequired && !isSet)
  if (missing.length === 0) return message('status.says_off')
  return message('status.setVariables', { names: { list: missing.map(({ name }) => name) } })
}

/** A condition as a mark and a word; the mark differs by shape, not only by colour. */
export function ConditionMark({ tone, word }: Pick<Condition, 'tone' | 'word'>) {
  const say = useSay()
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <span
        aria-hidden="true"
        className={clsx('size-2 shrink-0 forced-color-adjust-none', markStyles[tone])}
      />
      <span>{say(word)}</span>
    </span>
  )
}

const markStyles: Record<Condition['tone'], string> = {
  good: 'rounded-full bg-ink',
  poor: 'rounded-full border-2 border-ink',
  bad: 'rotate-45 bg-signal',
  off: 'bg-[linear-gradient(var(--color-edge)_0_0)] bg-size-[100%_1px] bg-center bg-no-repeat',
}
