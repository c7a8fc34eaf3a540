/** One measured figure next to its baseline, both from the same run. */
export interface Figure {
  name: string
  unit: 'ms' | 'µs' | 'KB' | 'MB' | '/s'
  ours: number
  baseline: { name: string; value: number } | null
  /** What we want; a figure to look at, never an assertion. */
  aim?: Aim
  /** What else one must know to read the figure. */
  note?: string
}

export type Aim = { of: 'ratio' | 'figure'; atMost: number } | { of: 'ratio'; atLeast: number }

/** How many times the baseline our figure is; null where there is none. */
export function ratioOf({ ours, baseline }: Figure) {
  return baseline && ours / baseline.value
}

/** Whether the aim is met; null where there is none. */
export function meetsAim(figure: Figure) {
  const { aim, ours } = figure
  const value = aim?.of === 'figure' ? ours : ratioOf(figure)
  if (!aim || value === null) return null
  return 'atMost' in aim ? value <= aim.atMost : value >= aim.atLeast
}
