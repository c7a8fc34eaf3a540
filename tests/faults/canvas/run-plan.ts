import fc from 'fast-check'
import type { SubmitWord } from '../money/money-plan.ts'

// What is drawn for a run: a graph, what the providers do, and what happens meanwhile. Each word has its weight; the first is
// what a counterexample shrinks to.

const shapeWeights = {
  words: 3,
  'first frame': 3,
  'both frames': 2,
  references: 2,
  'made over': 3,
  extension: 2,
  // No model makes this.
  'video as a picture': 0.3,
}
export type Shape = keyof typeof shapeWeights

/** One node. Its sources are picked among those before it that fit its shape; where there is none, it is made of words. */
export interface NodePlan {
  kind: 'text' | 'image' | 'video'
  shape: Shape
  /** Numbers that pick; each is taken modulo what there is. */
  picks: number[]
  /** Whether it is joined to nothing. */
  isAlone: boolean
}

const submitWeights = {
  answered: 12,
  'lost with a job': 2,
  'lost without a job': 1,
  'killed before the job': 1,
  'killed after the job': 2,
  busy: 1,
  'refused for its content': 2,
  'refused for good': 2,
  'no credits': 0.5,
  'rate limited': 1,
} satisfies Partial<Record<SubmitWord, number>>
export type RunSubmit = { word: keyof typeof submitWeights; willSucceed: boolean }

const lookWeights = { 'the truth': 8, pending: 3, outage: 1, killed: 1 }
export type RunLook = keyof typeof lookWeights

const eventWeights = {
  step: 12,
  'all step': 8,
  // Until all is over, or waits for its user.
  'time passes': 1,
  'two steps at once': 2,
  'claimed and killed': 1,
  'cancel one': 1,
  'cancel the runs': 0.7,
  'delete one': 0.5,
  resubmit: 1,
  edit: 2.5,
  run: 4,
  'run these': 2,
  'run from': 1,
  // A node that is named twice in one request.
  'run one twice': 0.5,
  'the same request again': 2,
  'the same request at once': 1,
  'two runs at once': 1,
  'run, and the connection is lost': 1,
}
export type RunEvent = { word: keyof typeof eventWeights; pick: number }

export interface RunPlan {
  nodes: NodePlan[]
  submits: RunSubmit[]
  looks: RunLook[]
  events: RunEvent[]
  /** Whether providers tell by idempotency key which job they made, and stop one. */
  canFind: boolean
  canCancel: boolean
  isBilled: boolean
  /** What the user pays for one dollar of cost, in millionths. */
  priceFactor: number
}

function oneOf<T extends string>(weights: Record<T, number>): fc.Arbitrary<T> {
  const words = Object.entries(weights) as [T, number][]
  return fc.oneof(
    { withCrossShrink: true },
    ...words.map(([word, weight]) => ({
      weight: Math.round(weight * 10),
      arbitrary: fc.constant(word),
    })),
  )
}

const pick = fc.nat(999)
const rarely = (weight: number) => oneOf({ no: 1, yes: weight }).map((word) => word === 'yes')

const nodePlan: fc.Arbitrary<NodePlan> = fc.record({
  kind: oneOf({ video: 4, image: 4, text: 2 }),
  shape: oneOf(shapeWeights),
  picks: fc.array(pick, { minLength: 3, maxLength: 3 }),
  isAlone: rarely(0.1),
})

/** Draws plans of 2 to 7 nodes. */
export const runPlans: fc.Arbitrary<RunPlan> = fc.record({
  nodes: fc.array(nodePlan, { minLength: 2, maxLength: 7, size: 'max' }),
  submits: fc.array(fc.record({ word: oneOf(submitWeights), willSucceed: rarely(4) }), {
    maxLength: 7,
    size: 'max',
  }),
  looks: fc.array(oneOf(lookWeights), { maxLength: 6, size: 'max' }),
  events: fc.array(fc.record({ word: oneOf(eventWeights), pick }), { maxLength: 12, size: 'max' }),
  canFind: fc.boolean(),
  canCancel: fc.boolean(),
  isBilled: fc.boolean(),
  priceFactor: fc.constantFrom(1_000_000, 1_234_567, 800_000),
})

const words: NodePlan = { kind: 'image', shape: 'words', picks: [0, 0, 0], isAlone: false }
const chain: NodePlan[] = [
  { ...words, kind: 'text' },
  { ...words },
  { ...words, kind: 'video', shape: 'first frame' },
  { ...words, kind: 'video', shape: 'extension' },
  { ...words, kind: 'video', shape: 'made over', isAlone: true },
]

function chainOf(events: RunEvent['word'][], changes: Partial<RunPlan> = {}): RunPlan {
  return {
    nodes: chain,
    submits: [],
    looks: [],
    events: events.map((word) => ({ word, pick: 3 })),
    canFind: false,
    canCancel: false,
    isBilled: true,
    priceFactor: 1_000_000,
    ...changes,
  }
}

const failed = { word: 'refused for its content', willSucceed: true } as const

/** Plans that chance would rarely draw. */
export const rareRunPlans: RunPlan[] = [
  chainOf([]),
  // Two pages press Run at the same moment, with a key each and with the same one.
  chainOf(['two runs at once']),
  chainOf(['time passes', 'edit', 'two runs at once']),
  chainOf(['time passes', 'edit', 'the same request at once', 'the same request again']),
  // The first fails, and a second run begins before those that wait have seen it.
  chainOf(['step', 'run', 'all step', 'run'], { submits: [failed] }),
  // It is known of no submit what became of it: what waits has a cause.
  chainOf(['all step', 'all step', 'run'], {
    submits: [{ word: 'lost with a job', willSucceed: true }],
  }),
  chainOf(['all step', 'all step', 'resubmit', 'all step'], {
    submits: [{ word: 'killed before the job', willSucceed: true }],
  }),
  chainOf(['all step', 'cancel one', 'run', 'all step', 'cancel the runs', 'run']),
  chainOf(['run one twice', 'all step', 'delete one', 'all step', 'run']),
  chainOf(['time passes', 'edit', 'run, and the connection is lost', 'the same request again']),
]
