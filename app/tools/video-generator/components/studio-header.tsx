'use client'

import type { ConnectionIndicatorProps } from '../../../connection-indicator.tsx'
import { RoomHeader } from '../../../room-header.tsx'

/** The head of the generator. */
export function StudioHeader(props: ConnectionIndicatorProps) {
  return (
    <RoomHeader
      room="Video generator"
      skip={{ href: '#stage', words: 'Skip to the stage' }}
      {...props}
    />
  )
}
