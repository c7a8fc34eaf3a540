import { type Aim, type Figure, meetsAim, ratioOf } from './figure.ts'

const titles = ['', 'ours', 'baseline', 'ratio', 'aim', 'met']

/** The figures as a table of plain text, their notes below it. */
export function tableOf(figures: readonly Figure[]) {
  const rows = [titles, ...figures.map(cellsOf)]
  const widths = titles.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const lines = rows.map((row) =>
    row.map((cell, column) => pad(cell, widths[column]!, column)).join('  '),
  )
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '))
  const notes = figures.flatMap(({ name, note }) => (note ? [`${name}: ${note}`] : []))
  return [...lines, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n')
}

function cellsOf(figure: Figure) {
  const { name, unit, ours, baseline, aim } = figure
  const ratio = ratioOf(figure)
  const isMet = meetsAim(figure)
  return [
    name,
    `${round(ours)} ${unit}`,
    baseline ? `${round(baseline.value)} ${unit}, ${baseline.name}` : '',
    ratio === null ? '' : `${ratio.toFixed(2)}x`,
    aim ? aimText(aim, unit) : '',
    isMet === null ? '' : isMet ? 'yes' : 'no',
  ]
}

function aimText(aim: Aim, unit: string) {
  const what = aim.of === 'figure' ? ` ${unit}` : 'x'
  return 'atMost' in aim ? `at most ${aim.atMost}${what}` : `at least ${aim.atLeast}${what}`
}

function round(value: number) {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3)
}

function pad(cell: string, width: number, column: number) {
  const isNumber = column === 1 || column === 3
  return isNumber ? cell.padStart(width) : cell.padEnd(width)
}
