import Papa from 'papaparse'
import { type ReadTable, readCells } from './rows.ts'

/** A table out of a text: CSV or what a spreadsheet copies; a plain list of lines is a list of prompts. */
export function readTable(text: string): ReadTable {
  // A comma in a prompt is no separator where no line of names says so.
  const first = text.trimStart().split('\n', 1)[0] ?? ''
  const isTable =
    first.includes('\t') ||
    /(^|[,;"])\s*"?(prompt|промпт)"?\s*([,;]|$)/i.test(first.replace('\uFEFF', ''))
  if (!isTable) return readCells(text.split(/\r?\n/).map((line) => [line]))
  return readCells(
    Papa.parse<string[]>(text.replace('\uFEFF', ''), { skipEmptyLines: 'greedy' }).data,
  )
}
