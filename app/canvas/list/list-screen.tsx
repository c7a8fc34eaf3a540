'use client'

import { PlusIcon, Trash2Icon, UploadIcon, WorkflowIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { Button } from '#components/ui/button'
import { TextInput } from '#components/ui/form/text-field'
import { LiveRegion } from '#components/ui/live-region'
import { useSay } from '#lib/messages/use-say'
import { RoomPage } from '../../room-page.tsx'
import { CanvasCard } from './canvas-card.tsx'
import { ListDialogs } from './list-dialogs.tsx'
import { type CanvasList, useCanvases } from './use-canvases.ts'

/** The user's canvases: to open, name, copy, throw away and bring in. */
export function ListScreen() {
  const list = useCanvases()
  return (
    <RoomPage room="canvas">
      <Bar list={list} />
      <Canvases list={list} />
      <ListDialogs list={list} />
      <LiveRegion announcement={list.announcement} />
    </RoomPage>
  )
}

function Bar({ list }: { list: CanvasList }) {
  const t = useTranslations('canvasList')
  const { query, setQuery, actions } = list
  return (
    <div className="mb-8 flex flex-wrap items-center gap-2">
      <search className="min-w-0 flex-1 max-sm:basis-full">
        <TextInput
          inputMode="search"
          enterKeyHint="search"
          aria-label={t('search')}
          placeholder={t('search')}
          maxLength={200}
          value={query.search}
          onChange={({ target }) => setQuery({ ...query, search: target.value })}
        />
      </search>
      <Button
        aria-pressed={query.isTrash}
        onClick={() => setQuery({ search: '', isTrash: !query.isTrash })}
      >
        {query.isTrash ? <WorkflowIcon aria-hidden="true" /> : <Trash2Icon aria-hidden="true" />}
        <span>{query.isTrash ? t('all') : t('trash')}</span>
      </Button>
      <ImportButton onFile={(file) => void actions.importFile(file)} />
      <Button variant="primary" onClick={() => void actions.create()}>
        <PlusIcon aria-hidden="true" />
        <span>{t('new')}</span>
      </Button>
    </div>
  )
}

function ImportButton({ onFile }: { onFile: (file: File) => void }) {
  const t = useTranslations('canvasList')
  const field = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button onClick={() => field.current?.click()}>
        <UploadIcon aria-hidden="true" />
        <span>{t('import')}</span>
      </Button>
      <input
        ref={field}
        type="file"
        accept=".json,application/json"
        aria-label={t('import')}
        tabIndex={-1}
        className="hidden"
        onChange={({ target }) => {
          const [file] = target.files ?? []
          if (file) onFile(file)
          target.value = ''
        }}
      />
    </>
  )
}

function Canvases({ list }: { list: CanvasList }) {
  const t = useTranslations('canvasList')
  const say = useSay()
  const { canvases, problem, hasMore, loadMore, reload } = list
  if (problem)
    return (
      <div className="text-sm">
        <p className="text-soft">{t('error.list', { says: say(problem.detail) })}</p>
        <Button size="small" className="mt-3" onClick={() => void reload()}>
          {t('error.retry')}
        </Button>
      </div>
    )
  if (!canvases) return null
  if (canvases.length === 0) return <Empty list={list} />
  return (
    <>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(17rem,100%),1fr))] gap-x-6 gap-y-8">
        {canvases.map((canvas) => (
          <CanvasCard key={canvas.id} canvas={canvas} list={list} />
        ))}
      </ul>
      {hasMore && (
        <Button className="mt-8" onClick={() => void loadMore()}>
          {t('more')}
        </Button>
      )}
    </>
  )
}

function Empty({ list: { query, actions } }: { list: CanvasList }) {
  const t = useTranslations('canvasList')
  if (query.search.trim())
    return (
      <p dir="auto" className="text-sm text-soft">
        {t('empty.noMatch', { search: query.search.trim() })}
      </p>
    )
  if (query.isTrash) return <p className="text-sm text-soft">{t('empty.trash')}</p>
  return (
    <div className="max-w-prose border-l-2 border-signal pl-6">
      <h2 className="text-2xl font-semibold tracking-tight text-balance">{t('empty.title')}</h2>
      <p className="mt-3 text-pretty text-soft">{t('empty.says')}</p>
      <Button variant="primary" size="large" className="mt-6" onClick={() => void actions.create()}>
        <PlusIcon aria-hidden="true" />
        <span>{t('empty.begin')}</span>
      </Button>
    </div>
  )
}
