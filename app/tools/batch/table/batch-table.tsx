'use client'

import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { Button } from '#components/ui/button'
import { useModels } from '#lib/ai/api/reads/use-models'
import { imageTypes } from '#lib/contract/generation-inputs'
import { emptyRow, filledRows } from '../form/rows.ts'
import type { BatchForm } from '../use-batch.ts'
import { useRowPictures } from '../use-row-pictures.ts'
import { BatchRow } from './batch-row.tsx'
import { useFill } from './use-fill.ts'

/** The rows, and what fills many of them at once: a paste, a file, pictures. */
export function BatchTable({ form }: { form: BatchForm }) {
  const t = useTranslations('batch')
  const { models } = useModels(form.kind)
  const { rows, setRows, checked, change, remove } = form
  const { note, open, paste } = useFill(form)
  const addPictures = useRowPictures(form)
  const sent = filledRows(rows)
  const usdOf = (key: string) =>
    checked?.estimate?.rows[sent.findIndex((row) => row.key === key)]?.usd
  return (
    <div>
      <Fillers
        onTable={(file) => void open(file)}
        onPictures={(files) => void addPictures(files)}
        onRow={() => setRows([...rows, emptyRow()])}
        isFull={form.isFull}
      />
      <output className="mt-2 block text-sm text-soft empty:hidden">{note}</output>
      <ol aria-label={t('rows')} className="mt-2">
        {rows.map((row, index) => (
          <BatchRow
            key={row.key}
            row={row}
            number={index + 1}
            models={models}
            kind={form.kind}
            usd={usdOf(row.key)}
            faults={checked?.faults?.get(row.key)}
            onChange={change}
            onPaste={paste}
            onRemove={remove}
          />
        ))}
      </ol>
    </div>
  )
}

interface FillersProps {
  onTable: (file: File) => void
  onPictures: (files: File[]) => void
  onRow: () => void
  isFull: boolean
}

function Fillers({ onTable, onPictures, onRow, isFull }: FillersProps) {
  const t = useTranslations('batch')
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="small" onClick={onRow} disabled={isFull}>
        {t('addRow')}
      </Button>
      <FileButton
        label={t('openTable')}
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        onFiles={([file]) => file && onTable(file)}
      />
      <FileButton
        label={t('addPictures')}
        accept={imageTypes.join()}
        isMultiple
        onFiles={onPictures}
      />
    </div>
  )
}

interface FileButtonProps {
  label: string
  accept: string
  isMultiple?: boolean
  onFiles: (files: File[]) => void
}

function FileButton({ label, accept, isMultiple = false, onFiles }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button size="small" onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        multiple={isMultiple}
        aria-label={label}
        tabIndex={-1}
        className="sr-only"
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])])
          target.value = ''
        }}
      />
    </>
  )
}
