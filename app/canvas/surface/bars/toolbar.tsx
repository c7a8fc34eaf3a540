'use client'

import {
  EllipsisIcon,
  MaximizeIcon,
  MinusIcon,
  PlusIcon,
  Redo2Icon,
  SearchIcon,
  SplineIcon,
  Undo2Icon,
  ZoomInIcon,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { Button, IconButton } from '#components/ui/button'
import type { CommandId } from '../commands/keys.ts'
import { useEditor } from '../editor.ts'

interface ToolbarProps {
  run: (id: CommandId) => void
  onMore: (at: DOMRect) => void
  onAdd: (at: DOMRect) => void
}

/** What is done most, below the canvas; on a phone along its whole width. */
export function Toolbar({ run, onMore, onAdd }: ToolbarProps) {
  const t = useTranslations('canvas')
  const { history } = useEditor()
  const { undo, redo } = useSyncExternalStore(history.subscribe, history.read, history.read)
  return (
    <div
      role="toolbar"
      aria-label={t('tools')}
      className="absolute inset-x-0 bottom-0 z-10 flex items-center justify-between border-t border-hairline bg-raised px-1 py-1.5 pb-[max(0.375rem,env(safe-area-inset-bottom))] sm:inset-x-auto sm:gap-1 sm:px-2 sm:bottom-4 sm:left-1/2 sm:-translate-x-1/2 sm:rounded-lg sm:border sm:pb-1.5"
    >
      <Button
        size="small"
        variant="quiet"
        className="text-ink"
        aria-haspopup="menu"
        onClick={({ currentTarget }) => onAdd(currentTarget.getBoundingClientRect())}
      >
        <PlusIcon aria-hidden="true" />
        <span className="max-sm:sr-only">{t('do.add')}</span>
      </Button>
      <IconButton label={t('do.connect')} onClick={() => run('connect')}>
        <SplineIcon />
      </IconButton>
      <IconButton label={t('do.undo')} disabled={!undo} onClick={() => run('undo')}>
        <Undo2Icon />
      </IconButton>
      <IconButton label={t('do.redo')} disabled={!redo} onClick={() => run('redo')}>
        <Redo2Icon />
      </IconButton>
      <Zoom run={run} />
      <IconButton label={t('do.palette')} onClick={() => run('palette')}>
        <SearchIcon />
      </IconButton>
      <IconButton
        label={t('more')}
        aria-haspopup="menu"
        onClick={({ currentTarget }) => onMore(currentTarget.getBoundingClientRect())}
      >
        <EllipsisIcon />
      </IconButton>
    </div>
  )
}

/** Nearer and further by fingers on a phone, where only Fit is left of it. */
function Zoom({ run }: Pick<ToolbarProps, 'run'>) {
  const t = useTranslations('canvas')
  return (
    <>
      <IconButton className="max-sm:hidden" label={t('do.zoomOut')} onClick={() => run('zoomOut')}>
        <MinusIcon />
      </IconButton>
      <IconButton className="max-sm:hidden" label={t('do.zoomIn')} onClick={() => run('zoomIn')}>
        <ZoomInIcon />
      </IconButton>
      <IconButton label={t('do.fit')} onClick={() => run('fit')}>
        <MaximizeIcon />
      </IconButton>
    </>
  )
}
