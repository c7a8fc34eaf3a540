'use client'

import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { SearchIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useBackCloses } from '#components/ui/overlay/back-closes.ts'
import type { MenuEntry } from '../editor.ts'

export interface PaletteGroup {
  value: string
  items: PaletteItem[]
}

export interface PaletteItem extends MenuEntry {
  /** Its own among all. */
  value: string
  /** More that it is found by. */
  words?: string
}

interface PaletteProps {
  /** Said by the field. */
  label: string
  groups: PaletteGroup[]
  isOpen: boolean
  onClose: () => void
}

/** A list that is narrowed by typing: arrows move, Enter does what is marked. */
export function Palette({ label, groups, isOpen, onClose }: PaletteProps) {
  const t = useTranslations('canvas')
  useBackCloses(isOpen, onClose)
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <Dialog.Viewport className="fixed inset-0 z-50 flex items-start justify-center px-3 pt-[10vh]">
          <Dialog.Popup
            aria-label={label}
            className="flex max-h-[min(32rem,75dvh)] w-full max-w-lg flex-col overflow-hidden rounded-lg border border-hairline bg-raised outline-none"
          >
            <Autocomplete.Root
              open
              inline
              items={groups}
              autoHighlight="always"
              keepHighlight
              itemToStringValue={({ label, words = '' }: PaletteItem) => `${label} ${words}`}
            >
              <Autocomplete.InputGroup className="flex items-center gap-3 border-b border-hairline px-4">
                <SearchIcon aria-hidden="true" className="size-4 shrink-0 text-soft" />
                <Autocomplete.Input
                  aria-label={label}
                  placeholder={label}
                  dir="auto"
                  className="h-12 w-full bg-transparent text-field outline-none placeholder:text-soft"
                />
              </Autocomplete.InputGroup>
              <Autocomplete.Empty>
                <p className="px-4 py-6 text-sm text-soft empty:hidden">{t('nothingFound')}</p>
              </Autocomplete.Empty>
              <Autocomplete.List className="min-h-0 overflow-y-auto overscroll-contain p-1 empty:p-0">
                {(group: PaletteGroup) => (
                  <Group key={group.value} group={group} onChosen={onClose} />
                )}
              </Autocomplete.List>
            </Autocomplete.Root>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Group({ group, onChosen }: { group: PaletteGroup; onChosen: () => void }) {
  return (
    <Autocomplete.Group items={group.items}>
      <Autocomplete.GroupLabel className="px-3 pt-3 pb-1 text-tiny text-soft">
        {group.value}
      </Autocomplete.GroupLabel>
      <Autocomplete.Collection>
        {(item: PaletteItem) => (
          <Autocomplete.Item
            key={item.value}
            value={item}
            onClick={() => {
              onChosen()
              // Once the list is gone, and the focus back.
              setTimeout(item.onSelect, 60)
            }}
            className="flex min-h-9 cursor-pointer items-center justify-between gap-4 rounded-sm px-3 text-sm outline-none data-highlighted:bg-ink/8 touch:min-h-11"
          >
            <span dir="auto" className="min-w-0 truncate">
              {item.label}
            </span>
            {item.aside && <kbd className="font-sans text-tiny text-soft">{item.aside}</kbd>}
          </Autocomplete.Item>
        )}
      </Autocomplete.Collection>
    </Autocomplete.Group>
  )
}
