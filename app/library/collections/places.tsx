'use client'

import { FolderIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { lazyPart } from '#components/ui/lazy-part'
import { SideList, type SideListProps } from './side-list.tsx'

const Drawer = lazyPart(() => import('#components/ui/overlay/drawer').then((file) => file.Drawer))

/** The places of the library at the side, where there is room. */
export function PlacesSide(props: SideListProps) {
  return (
    <div className="w-56 shrink-0 max-lg:hidden">
      <div className="sticky top-20 max-h-[calc(100dvh-6rem)] overflow-y-auto pb-6">
        <SideList {...props} />
      </div>
    </div>
  )
}

/** The same in a sheet, where there is none. */
export function PlacesButton(props: SideListProps) {
  const t = useTranslations('library')
  const [isOpen, setIsOpen] = useState<boolean>()
  const close = () => setIsOpen(false)
  const { onGo, onNew, onRename, onDelete } = props
  return (
    <>
      <Button className="lg:hidden" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        <FolderIcon aria-hidden="true" />
        <span>{t('places')}</span>
      </Button>
      {isOpen !== undefined && (
        <Drawer title={t('places')} isOpen={isOpen} onClose={close}>
          <div className="h-full overflow-y-auto">
            <SideList
              {...props}
              onGo={(address) => {
                onGo(address)
                close()
              }}
              onNew={() => {
                close()
                onNew()
              }}
              onRename={(collection) => {
                close()
                onRename(collection)
              }}
              onDelete={(collection) => {
                close()
                onDelete(collection)
              }}
            />
          </div>
        </Drawer>
      )}
    </>
  )
}
