import fc from 'fast-check'

// Each word with its weight: how often it is drawn against the others. The first is what a counterexample shrinks to.

const submitWeights = {
  answered: 8,
  'completed at once': 2,
  // No job is made by any of these.
  busy: 3,
  'refused for good': 1,
  'refused for its content': 1,
  'no credits': 2,
  'rate limited': 2,
  // The outcome is unknown: the answer is lost, or the process dies right after it wrote down that it submits, or right before
  // it writes down what was answered.
  'lost with a job': 3,
  'lost without a job': 2,
  // The answer is lost, and the submit still on its way: the job is made after a look-up has found none.
  'lost on its way': 2,
  'killed before the job': 2,
  'killed after the job': 3,
  // Presumed dead, and not: the answer comes when others have gone on.
  'answered late': 2,
  'completed late': 1,
  'refused late': 2,
  // Answered while the database is away for a moment.
  'answered into a stumble': 0.2,
}

const lookWeights = {
  'the truth': 6,
  pending: 4,
  outage: 2,
  killed: 2,
  'failed, wrongly': 2,
  'not found': 1,
}

const searchWeights = { 'the truth': 3, outage: 1, killed: 1 }

const eventWeights = {
  step: 16,
  'two steps at once': 3,
  'claimed and killed': 1,
  'check now': 2,
  'days pass': 1,
  webhook: 2,
  'webhook of the first job': 1,
  'webhook three times': 1,
  'webhook that lies': 2,
  'webhook with a wrong signature': 1,
  'webhook with a wrong key': 1,
  'what is on its way arrives': 1,
  cancel: 1,
  delete: 0.5,
  resubmit: 3,
  'resubmit while the webhook is in the inbox': 1,
  'webhook while the resubmit is queued': 1,
  'the dead wake': 3,
  // The user has others made with what is left of the balance.
  'the rest is spent': 0.5,
}

const jobless: ReadonlySet<string> = new Set<SubmitWord>([
  'busy',
  'refused for good',
  'refused for its content',
  'no credits',
  'rate limited',
  'lost without a job',
  'killed before the job',
  'refused late',
])

/** Whether a submit ends with a job on the provider's books. */
export function makesJob(word: SubmitWord) {
  return !jobless.has(word)
}

export type SubmitWord = keyof typeof submitWeights
export type LookWord = keyof typeof lookWeights
export type SearchWord = keyof typeof searchWeights
export type EventWord = keyof typeof eventWeights

/** What one provider can do. */
export interface Traits {
  canFind: boolean
  canAdopt: boolean
  canCancel: boolean
  /** Whether it reports what it charged. */
  tellsCost: boolean
}

/** What each plan is played for: one video and one image, at two providers each. */
export const subjects = {
  video: {
    kind: 'video',
    model: 'veo-3.1-fast',
    mostMicros: 1_200_000,
    settings: { duration: 8, resolution: '720p', generateAudio: true },
  },
  image: {
    kind: 'image',
    model: 'nano-banana-2',
    mostMicros: 151_000,
    settings: { duration: 0, resolution: '4K', aspectRatio: '1:1', imageFormat: 'png' },
  },
} as const

/** Who pays for what, and how much. */
export interface Terms {
  subject: keyof typeof subjects
  isBilled: boolean
  /** What the user pays for one dollar of cost, in millionths. */
  priceFactor: number
}

/** The script of one video or image: what the world does to it, in order. What is over is followed by good behaviour. */
export interface MoneyPlan {
  first: Traits
  second: Traits
  /** `isNotifiedEarly`: the webhook comes before the answer. */
  submits: { word: SubmitWord; willSucceed: boolean; isNotifiedEarly: boolean }[]
  looks: LookWord[]
  searches: SearchWord[]
  events: EventWord[]
  /** Whether the webhooks come in the end, days late. */
  notifiesAtLast: boolean
  terms: Terms
}

function oneOf<T extends string>(weights: Record<T, number>): fc.Arbitrary<T> {
  const words = Object.entries(weights) as [T, number][]
  const choices = words.map(([word, weight]) => ({
    weight: weight * 10,
    arbitrary: fc.constant(word),
  }))
  return fc.oneof({ withCrossShrink: true }, ...choices)
}

const traits = fc.record({
  canFind: oneOf({ no: 3, yes: 1 }).map((word) => word === 'yes'),
  canAdopt: fc.boolean(),
  canCancel: fc.boolean(),
  tellsCost: fc.boolean(),
})

const submit = fc.record({
  word: oneOf(submitWeights),
  willSucceed: oneOf({ yes: 4, no: 1 }).map((word) => word === 'yes'),
  isNotifiedEarly: oneOf({ no: 4, yes: 1 }).map((word) => word === 'yes'),
})

/** Draws scripts. */
export const moneyPlans: fc.Arbitrary<MoneyPlan> = fc.record({
  first: traits,
  second: traits,
  submits: fc.array(submit, { maxLength: 4, size: 'max' }),
  looks: fc.array(oneOf(lookWeights), { maxLength: 5 }),
  searches: fc.array(oneOf(searchWeights), { maxLength: 2 }),
  events: fc.array(oneOf(eventWeights), { maxLength: 12, size: 'max' }),
  notifiesAtLast: fc.boolean(),
  terms: fc.record({
    subject: fc.constantFrom('video', 'image'),
    isBilled: fc.boolean(),
    priceFactor: fc.constantFrom(1_000_000, 1_234_567, 800_000),
  }),
})

const terms: Terms = { subject: 'video', isBilled: true, priceFactor: 1_250_000 }
const blind = { canFind: false, canAdopt: false, canCancel: false, tellsCost: false }

function planOf(submits: SubmitWord[], events: EventWord[], changes: Partial<MoneyPlan> = {}) {
  const answers = submits.map((word) => ({ word, willSucceed: true, isNotifiedEarly: false }))
  const usual = {
    first: blind,
    second: blind,
    looks: [],
    searches: [],
    notifiesAtLast: false,
    terms,
  }
  return { ...usual, submits: answers, events, ...changes }
}

const givenUp = ['cancel', 'delete'] as const
const lateWords: SubmitWord[] = [
  'lost with a job',
  'killed after the job',
  'answered late',
  'completed late',
  'refused late',
]
const refusedAgain: EventWord[] = ['step', 'step', 'resubmit', 'step']

const rareVideoPlans: MoneyPlan[] = [
  // The refusal of an attempt that the user gave up must not speak for the next one.
  planOf(
    ['refused late', 'lost with a job'],
    ['step', 'step', 'resubmit', 'step', 'the dead wake', 'step'],
  ),
  planOf(
    ['refused late', 'answered late'],
    ['step', 'step', 'resubmit', 'step', 'the dead wake', 'step', 'step'],
  ),
  // Unknown, and the other provider is free: it must stay out.
  planOf(['lost with a job'], ['step', 'step', 'step']),
  // Refused here, made there, and the answer lost there.
  planOf(['no credits', 'killed after the job'], ['step', 'step', 'step', 'step']),
  // The webhook alone knows the job.
  planOf(['lost with a job'], ['step', 'webhook'], { first: { ...blind, canAdopt: true } }),
  // It was named, and could not be looked at yet, when the user asked for another try.
  planOf(['lost with a job'], ['step', 'step', 'webhook', 'step', 'resubmit', 'step', 'step'], {
    first: { ...blind, canAdopt: true },
    searches: ['outage'],
  }),
  planOf(
    ['lost with a job'],
    ['step', 'step', 'webhook while the resubmit is queued', 'step', 'step'],
    { first: { ...blind, canAdopt: true }, searches: ['outage'] },
  ),
  // It answers when the user has asked for another try, and nothing has been submitted yet.
  planOf(['answered late'], ['step', 'step', 'resubmit', 'the dead wake', 'step']),
  // It said failed, and then it was done.
  planOf(['answered'], ['step', 'step', 'webhook that lies', 'webhook'], {
    looks: ['failed, wrongly'],
  }),
  planOf(['answered into a stumble'], ['step']),
  // The provider knows of no job, and makes it afterwards.
  planOf(['lost on its way', 'answered'], ['step', 'step', 'step', 'step'], {
    first: { ...blind, canFind: true },
  }),
  planOf(
    ['lost on its way', 'answered'],
    ['step', 'step', 'resubmit', 'what is on its way arrives', 'step'],
  ),
  // Deleted while it runs, at a provider that cannot stop, and at one that does not answer at first.
  planOf(['answered'], ['step', 'delete', 'step']),
  planOf(['answered'], ['step', 'delete', 'step', 'step'], {
    first: { ...blind, canCancel: true },
    searches: ['outage', 'outage'],
  }),
  // Canceled in the queue, with an earlier attempt that may have a job.
  planOf(['lost with a job'], ['step', 'step', 'resubmit', 'cancel']),
  // Given up while nothing is known of its job: it may have one, and the answer comes afterwards, or never.
  ...givenUp.flatMap((command) =>
    lateWords.flatMap((word) => [
      planOf([word], ['step', command, 'step', 'the dead wake', 'step']),
      planOf([word], ['step', 'step', command, 'step', 'the dead wake', 'step']),
    ]),
  ),
  // The user asked for another, which was refused for good, and then the first one answers.
  planOf(['answered late', 'refused for its content'], [...refusedAgain, 'the dead wake', 'step']),
  planOf(['completed late', 'refused for its content'], [...refusedAgain, 'the dead wake', 'step']),
  planOf(
    ['answered late', 'refused for its content'],
    [...refusedAgain, 'the dead wake', 'delete'],
  ),
  // Two are unknown, and a webhook names the first.
  planOf(
    ['lost with a job', 'lost with a job'],
    [...refusedAgain, 'step', 'webhook of the first job', 'step', 'step'],
    { first: { ...blind, canAdopt: true } },
  ),
  // It said failed, its hold went back and was spent, and then it was done.
  planOf(['answered'], ['step', 'step', 'the rest is spent', 'webhook', 'step', 'step'], {
    looks: ['failed, wrongly'],
  }),
  planOf(['answered'], ['step', 'step', 'webhook', 'step', 'step'], {
    looks: ['failed, wrongly'],
  }),
]

/** Scripts that chance would rarely draw, each the shortest way to lose money where one guard is missing. */
export const rarePlans: MoneyPlan[] = rareVideoPlans.flatMap((plan) => [
  plan,
  { ...plan, terms: { ...plan.terms, subject: 'image' } },
])
