'use client'

import { useState } from 'react'
import { lazyPart } from '#components/ui/lazy-part'
import { useTranslations } from 'next-intl'
import { placeItems } from '../edit/actions.ts'
import type { Editor } from '../editor.ts'
import { commandGroups, nodeGroup } from './entries.ts'
import type { ViewsState } from './use-views.ts'

const Palette = lazyPart(() => import('./palette.tsx').then((file) => file.Palette))
const LibraryPicker = lazyPart(() =>
  import('../../nodes/drop/library-picker.tsx').then((file) => file.LibraryPicker),
)
const Help = lazyPart(() => import('../bars/help.tsx').then((file) => file.Help))

interface ViewPartsProps {
  views: ViewsState
  editor: Editor
  nameOf: (id: string) => string
}

/** The palette, what finds nodes, and the help: loaded when first opened. */
export function ViewParts({ views, editor, nameOf }: ViewPartsProps) {
  const t = useTranslations('canvas')
  const { shown, close, naming, place } = views
  const [wanted, want] = useState<ReadonlySet<string>>(new Set())
  if (shown && !wanted.has(shown)) want(new Set([...wanted, shown]))
  const nodes = () => nodeGroup(editor, { ...naming, nameOf })
  return (
    <>
      {wanted.has('palette') && (
        <Palette
          label={t('do.palette')}
          groups={shown === 'palette' ? [...commandGroups(editor, naming), ...nodes()] : []}
          isOpen={shown === 'palette'}
          onClose={close}
        />
      )}
      {wanted.has('find') && (
        <Palette
          label={t('do.find')}
          groups={shown === 'find' ? nodes() : []}
          isOpen={shown === 'find'}
          onClose={close}
        />
      )}
      {wanted.has('library') && (
        <LibraryPicker
          isOpen={shown === 'library'}
          onClose={close}
          onPick={(items) => placeItems(editor, items, place)}
        />
      )}
      {wanted.has('help') && (
        <Help isMac={naming.isMac} isOpen={shown === 'help'} onClose={close} />
      )}
    </>
  )
}
