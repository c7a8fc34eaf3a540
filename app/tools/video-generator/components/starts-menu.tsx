'use client'

import { EllipsisIcon } from 'lucide-react'
import { MenuButton } from '#components/video/menu-button'
import type { MenuItem } from '../../../../components/video/menu-item.ts'

interface StartsMenuProps {
  items: readonly MenuItem[]
  isLabelled?: boolean
}

/** What can be begun from a finished video; nothing where no model can. */
export function StartsMenu({ items, isLabelled = false }: StartsMenuProps) {
  return (
    <MenuButton label="Go on from here" items={items} isLabelled={isLabelled}>
      <EllipsisIcon />
    </MenuButton>
  )
}
