'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useConnection } from '#lib/delivery/use-connection'
import { RoomHeader, type RoomName } from './room-header.tsx'

interface RoomPageProps {
  /** Null on a page that the navigation of the header has no link to. */
  room: RoomName | null
  children: ReactNode
}

/** A room to read in: the header, and below it a page that scrolls. */
export function RoomPage({ room, children }: RoomPageProps) {
  const t = useTranslations('page')
  const connection = useConnection()
  return (
    <>
      <RoomHeader room={room} skip={{ href: '#content', words: t('skip') }} status={connection} />
      <main
        id="content"
        tabIndex={-1}
        className="max-w-7xl px-4 pt-8 pb-24 lg:px-6 lg:pt-12 xl:px-8"
      >
        {children}
      </main>
    </>
  )
}
